package graphfile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestForeignFilesAreRefusedByName(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string][2]string{
		"a.pkl":     {"\x80\x04\x95rest", "a Python pickle"},
		"b.h5":      {"\x89HDF\r\n\x1a\n", "an HDF5 file"},
		"c.txt":     {">>graph6<<D?{", "a graph6 file"},
		"d.g6":      {"D?{\n", "a graph6 file"},
		"e.gdf":     {"nodedef>name VARCHAR\na\n", "a GDF file of GUESS"},
		"f.tlp":     {"(tlp \"2.3\"\n", "a Tulip file"},
		"g.parquet": {"PAR1rest", "a Parquet file"},
		"h.xml":     {"<?xml version=\"1.0\"?><svg/>", "an XML file of <svg>"},
		"i.csv":     {"<!DOCTYPE html><html></html>", "a web page"},
		"j.dl":      {"dl n=3\n", "a UCINET DL file"},
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(c[0]), 0o600))
		_, err := Read(path)
		require.ErrorContains(t, err, path+": "+c[1]+", want ")
		assert.NotContains(t, err.Error(), "\n")
	}
}

func TestRecognised(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string][3]string{
		"a.txt":     {"%%MatrixMarket matrix coordinate pattern symmetric\n2 2 1\n2 1\n", "mtx", "content"},
		"b":         {"<?xml version=\"1.0\"?>\n<!-- c -->\n<graphml><graph><node id=\"a\"/></graph></graphml>", "graphml", "content"},
		"c.xml":     {"<gexf><graph><nodes><node id=\"a\"/></nodes></graph></gexf>", "gexf", "content"},
		"d":         {"# c\nCreator \"x y\"\nVersion 1\ngraph\n[ node [ id 1 ] ]", "gml", "content"},
		"e":         {"/* c */ strict digraph \"x {\" { a }", "dot", "content"},
		"f":         {"% c\n*Vertices 1\n", "pajek", "content"},
		"g":         {"\n{\"nodes\": [{\"id\": 1}], \"links\": []}", "json", "content"},
		"h.jsonl":   {"{\"source\": 1, \"target\": 2}\n", "jsonl", "content"},
		"i.metis":   {"2 1\n2\n1\n", "metis", "ending"},
		"j.graph":   {"2 1\n2\n1\n", "metis", "ending"},
		"k.graphml": {"\ufeff<graphml><graph><node id=\"a\"/></graph></graphml>", "graphml", "content"},
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(c[0]), 0o600))
		g, err := Read(path)
		require.NoError(t, err, name)
		assert.Equal(t, c[1]+" "+c[2], g.Format+" "+g.Recognised, name)
		g, err = ReadFormat(path, c[1])
		require.NoError(t, err, name)
		assert.Equal(t, c[1]+" flag", g.Format+" "+g.Recognised, name)
	}
	for _, text := range []string{"graph a\n", "a graph\n", "x [\n", "<a> b\n", "*a b\n"} {
		path := filepath.Join(dir, "list.txt")
		require.NoError(t, os.WriteFile(path, []byte(text+"1 2\n2 3\n"), 0o600))
		g, err := Read(path)
		require.NoError(t, err, text)
		assert.Equal(t, edgeListFormat, g.Format, text)
	}
}

// TestXMLInUTF16 reads GraphML as some programs on Windows write it.
func TestXMLInUTF16(t *testing.T) {
	text := `<?xml version="1.0" encoding="UTF-16"?><graphml><graph><node id="Zoë"/></graph></graphml>`
	b := []byte{0xff, 0xfe}
	for _, r := range text {
		b = append(b, byte(r), byte(r>>8))
	}
	path := filepath.Join(t.TempDir(), "g.graphml")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	g, err := Read(path)
	require.NoError(t, err)
	assert.Equal(t, []string{"Zoë"}, g.Names)
}
