package graphfile

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zip"
)

// FuzzReadTU puts any text in the place of each file; one that is empty is
// left out.
func FuzzReadTU(f *testing.F) {
	kinds := []string{"A", "graph_indicator", "graph_labels", "node_labels", "node_attributes", "edge_labels", "edge_attributes", "graph_attributes"}
	add := func(s tu) {
		f.Add(s[kinds[0]], s[kinds[1]], s[kinds[2]], s[kinds[3]], s[kinds[4]], s[kinds[5]], s[kinds[6]], s[kinds[7]])
	}
	add(small())
	add(small().without("graph_labels").with("graph_attributes", "0.5\n1\n2\n3\n"))
	add(rich())
	add(rich().with("A", "1,1\n1,2\n1,2\n2,1\n3,1\n4,5\n4,6\n6,4\n7,7\n5,4\n"))
	add(rich().with("graph_indicator", "1\n2\n9999999999\n"))
	add(rich().with("node_labels", "-9223372036854775808\n\n1\n"))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g, h, i string) {
		s := tu{}
		for k, text := range []string{a, b, c, d, e, g, h, i} {
			if text != "" {
				s[kinds[k]] = text
			}
		}
		if set, err := s.read(); err == nil {
			requireSoundSet(t, set)
		}
	})
}

// FuzzReadTUZip reads any bytes as an archive.
func FuzzReadTUZip(f *testing.F) {
	b := rich().archive(f, "TINY/")
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add(small().archive(f, ""))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		if set, err := readTU(z, "tiny.zip"); err == nil {
			requireSoundSet(t, set)
		}
	})
}
