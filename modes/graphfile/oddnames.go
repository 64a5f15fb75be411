package graphfile

import (
	"fmt"
	"strings"
)

// oddNames says which names of nodes may not be what was meant.
func oddNames(names []string, known map[string]uint32) []string {
	var said []string
	zeros, pairs, missing := 0, 0, 0
	var zero, twin, gone string
	for _, s := range names {
		if isMissing(s) && s != "-" && s != "." && s != "?" {
			if missing++; missing == 1 {
				gone = s
			}
		}
		stripped := strings.TrimLeft(s, "0")
		if len(stripped) == len(s) || !digits(s) {
			continue
		}
		if stripped == "" {
			stripped = "0"
		}
		if stripped == s {
			continue
		}
		if zeros++; zeros == 1 {
			zero = s
		}
		if _, ok := known[stripped]; ok {
			if pairs++; pairs == 1 {
				zero, twin = s, stripped
			}
		}
	}
	switch {
	case pairs > 0:
		said = append(said, fmt.Sprintf("%s and %s are different nodes (%s of ids that differ in leading zeros)", quote(zero), quote(twin), some(pairs, "pair")))
	case zeros > 0:
		said = append(said, fmt.Sprintf("ids with leading zeros are names as they stand, such as %s", quote(zero)))
	}
	if missing > 0 {
		said = append(said, fmt.Sprintf("%s is taken for the name of a node", quote(gone)))
	}
	return said
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != ""
}
