package assignment

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// fuzzKind feeds the reader files that end like one kind; whatever it takes, it
// matches or refuses in one line.
func fuzzKind(f *testing.F, ending string, kinds ...Kind) {
	for _, file := range files {
		for _, k := range kinds {
			if file.kind == k {
				f.Add([]byte(file.text))
				f.Add([]byte(file.text[:len(file.text)/2]))
			}
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := ReadFrom(bytes.NewReader(b), "x"+ending)
		if err == nil {
			if len(file.Rows) == 0 {
				t.Fatal("a file without rows is taken")
			}
			_, err = file.Match(3, nil)
			_, named := file.Match(3, []string{"a", "b", "c"})
			err = errors.Join(file.AtLevel(-1), named, err)
		}
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "x"+ending+":") {
					t.Fatalf("an error that does not begin with the file: %q", line)
				}
			}
		}
	})
}

func FuzzTable(f *testing.F)      { fuzzKind(f, ".csv", CSV, TSV) }
func FuzzJSON(f *testing.F)       { fuzzKind(f, ".json", JSON) }
func FuzzClu(f *testing.F)        { fuzzKind(f, ".clu", Clu) }
func FuzzTree(f *testing.F)       { fuzzKind(f, ".tree", Tree) }
func FuzzPairs(f *testing.F)      { fuzzKind(f, ".txt", Pairs) }
func FuzzMembership(f *testing.F) { fuzzKind(f, ".txt", Membership) }
