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

func FuzzCommunities(f *testing.F) {
	f.Add([]byte("a b c\na b\n"))
	f.Add([]byte("# two\n0 1 2\n3\n"))
	fuzzKind(f, ".txt", Communities)
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(`<graphml><key id="d" for="node" attr.name="cluster"/><node id="a"><data key="d">1</data></node></graphml>`))
	f.Add([]byte(`<gexf><attribute id="0" title="modularity_class"/><node id="a" label="b"><attvalue for="0" value="1"/></node></gexf>`))
	f.Add([]byte(`<gexf><node id="a"><node id="b"/></node>`))
	fuzzKind(f, ".xml", GEXF, GraphML)
}
