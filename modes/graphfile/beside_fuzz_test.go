package graphfile

import (
	"bufio"
	"bytes"
	"io"
	"testing"

	"github.com/klauspost/compress/zip"
)

// FuzzReadListWith reads any bytes with any options.
func FuzzReadListWith(f *testing.F) {
	for _, s := range []string{
		"id,source,target\n0,5,6\n", "a;b;0,5\n", "\"a\"\t\"b\"\n", "a b {'weight': 3.0}\n", "sep=;\na;b\n", "% asym positive\n1 2 3 4\n",
		"1 2 # c\n", "a,b\r\rc,d", "001 1\n1.0 2\n", "\xff\xfea\x00 \x00b\x00", "# source target\n1 2\n", ",0,1\n0,5,6\n", "1,2 # c\n2,3\n", ",a,b\na,0,1\nb,1,\n", "n 1 2 3\n1 0 1 0\n2 1 0 2\n3 0 2 0\n", "from,to,2019\na,b,3\n", "\"50 % off\",\"3 # a\"\n", "a\tb\t0.5 // c\n", "\"from\" \"to\"\n\"1\" 1 2\n",
	} {
		f.Add([]byte(s), "", "", uint8(0), uint16(0))
		f.Add([]byte(s), "1", "comma", uint8(7), uint16(9))
	}
	f.Fuzz(func(t *testing.T, b []byte, column, delimiter string, bits uint8, nodes uint16) {
		o := Options{Delimiter: delimiter, Nodes: int(nodes)}
		if column != "" {
			o.Columns = []string{column, "2"}
		}
		o.Header = []string{"", "yes", "no", "auto"}[bits&3]
		if bits&4 > 0 {
			o.Decimal = ","
		}
		if g, err := ReadEdgeListWith(bytes.NewReader(b), "e", o); err == nil {
			requireSound(t, g)
		}
	})
}

// FuzzBeside puts any bytes beside a small graph.
func FuzzBeside(f *testing.F) {
	for _, s := range []string{
		"id,x\na,1\nb,2\nc,3\n", "a 1 2\nb 3 4\n", "id;label\na;x\nb;y\n", ",f\na,1\nb,NA\n", "x\ny\nz\n", "\"f\"\n\"a\" 1\n\"b\" 2\n", "id,p,q\na,0,1\nb,1,0\n", "id;x;y\na;1,5;2\nb;2,5;3\n", "x,y\n0,1.5\n1,2\n", "class\nx\nx\ny\n",
	} {
		f.Add([]byte(s))
	}
	f.Add(raw{"x", "<f4", []int{3, 1}, []float32{1, 2, 3}}.bytes(f))
	f.Add(npz{raw{"features", "<f4", []int{2, 1}, []float32{1, 2}}, raw{"ids", "<U1", []int{2}, utf32(1, "b", "a")}}.bytes(f, zip.Deflate))
	f.Add(npz{i4("indices", 1, 0), i4("indptr", 0, 1, 2), scipyFormat("csr"), i8("shape", 2, 9), f8("data", 5, 6)}.bytes(f, zip.Store))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, list := range []string{"a b\nb c\n", "0 1\n1 2\n"} {
			for _, read := range []func(*Graph, []byte) error{besideFeatures, besideLabels} {
				g, err := ReadEdgeList(bytes.NewReader([]byte(list)), "e")
				if err != nil {
					t.Fatal(err)
				}
				if read(g, b) == nil {
					requireSound(t, g)
				}
			}
		}
	})
}

func besideFeatures(g *Graph, b []byte) error {
	return g.beside(func(n *nodeTable) error {
		return n.featuresFrom(bufio.NewReader(bytes.NewReader(b)), "f", int64(len(b)), Options{Decimal: []string{"", ",", "."}[len(b)%3]})
	})
}

func besideLabels(g *Graph, b []byte) error {
	return g.beside(func(n *nodeTable) error {
		return n.labelsFrom(bufio.NewReader(bytes.NewReader(b)), "l", int64(len(b)))
	})
}

// FuzzUnpack unpacks any bytes.
func FuzzUnpack(f *testing.F) {
	for _, name := range []string{"gzip", "zstd", "xz"} {
		b := packedBy(f, name, func(w io.Writer) { _, _ = io.WriteString(w, "0 1\n1 2\n") })
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, err := ReadFrom(bytes.NewReader(b), "e", Options{}); err == nil {
			requireSound(t, g)
		}
	})
}
