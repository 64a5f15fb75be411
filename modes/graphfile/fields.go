package graphfile

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// parseIndex reads a whole number of at least 0 in its shortest form: "7", but
// not "07" or "+7", which are names.
func parseIndex(s string) (int64, bool) {
	if s == "" || len(s) > 18 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	var n int64
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int64(s[i]-'0')
	}
	return n, true
}

func parseWeight(s string) (float32, error) {
	w, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(w, 0) {
		return 0, fmt.Errorf("weight %s is not a number", quote(s))
	}
	if !(w >= 0) || math.IsInf(float64(float32(w)), 0) {
		return 0, fmt.Errorf("weight %s, want a finite number of at least 0", s)
	}
	return float32(w), nil
}

// quote quotes text for an error, shortened where it is long.
func quote(s string) string {
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:57], "") + "..."
	}
	return strconv.Quote(s)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
