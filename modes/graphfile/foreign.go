package graphfile

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
)

// signature is how a file of a format begins that is known but not read.
type signature struct{ begins, what string }

func signatures() []signature {
	return []signature{
		{"PK\x03\x04", "a zip archive"},
		{"\x93NUMPY", "a single npy array"},
		{"\x89HDF\r\n", "an HDF5 file"},
		{"MATLAB 5.0", "a MATLAB file"},
		{"SQLite format 3", "an SQLite database"},
		{"PAR1", "a Parquet file"},
		{"ARROW1", "an Arrow file"},
		{"\xff\xfe", "text in UTF-16"},
		{"\xfe\xff", "text in UTF-16"},
		{"%PDF", "a PDF file"},
		{"\x89PNG", "a picture"},
		{"\x80\x02", "a Python pickle"},
		{"\x80\x03", "a Python pickle"},
		{"\x80\x04", "a Python pickle"},
		{"\x80\x05", "a Python pickle"},
		{">>graph6<<", "a graph6 file"},
		{">>sparse6<<", "a sparse6 file"},
		{">>digraph6<<", "a digraph6 file"},
		{"LEDA.GRAPH", "a LEDA file"},
		{"version https://git-lfs", "a pointer of git-lfs in the place of a file"},
		{"nodedef>", "a GDF file of GUESS"},
		{"(tlp ", "a Tulip file"},
		{"p edge ", "a DIMACS file"},
		{"p col ", "a DIMACS file"},
		{"p sp ", "a DIMACS file"},
		{"dl n=", "a UCINET DL file"},
		{"<!DOCTYPE html", "a web page"},
		{"<html", "a web page"},
	}
}

// unread are endings of formats that are known but not read.
func unread() map[string]string {
	return map[string]string{
		".g6": "a graph6 file", ".s6": "a sparse6 file", ".d6": "a digraph6 file", ".gdf": "a GDF file of GUESS",
		".dl": "a UCINET DL file", ".vna": "a VNA file of NetDraw", ".tlp": "a Tulip file", ".gw": "a LEDA file",
		".lgl": "an LGL file", ".sif": "a SIF file of Cytoscape", ".cx": "a CX file of Cytoscape",
		".pkl": "a Python pickle", ".pickle": "a Python pickle", ".gpickle": "a Python pickle", ".pt": "a PyTorch file",
		".pth": "a PyTorch file", ".mat": "a MATLAB file", ".h5": "an HDF5 file", ".hdf5": "an HDF5 file",
		".parquet": "a Parquet file", ".feather": "an Arrow file", ".arrow": "an Arrow file", ".rds": "an R file",
		".rdata": "an R file", ".xlsx": "an Excel file", ".xls": "an Excel file", ".gt": "a graph-tool file",
	}
}

// foreign refuses by its name a file of a format that is known but not read.
func foreign(head []byte, name string) error {
	const want = "want " + readable
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	for _, s := range signatures() {
		if len(text) >= len(s.begins) && sameLetters(string(text[:len(s.begins)]), s.begins) {
			return fmt.Errorf("%s, %s", s.what, want)
		}
	}
	if bytes.HasPrefix(text, []byte("<?xml")) || bytes.HasPrefix(text, []byte("<!DOCTYPE")) {
		if root := firstElement(head); root != "" {
			return fmt.Errorf("an XML file of <%s>, %s", root, want)
		}
	}
	if what := unread()[strings.ToLower(filepath.Ext(name))]; what != "" {
		return fmt.Errorf("%s, %s", what, want)
	}
	return nil
}

// sameLetters compares as strings.EqualFold does, but only ASCII letters: bytes
// that are no text are not all the same.
func sameLetters(a, b string) bool {
	for i := range len(a) {
		x, y := a[i], b[i]
		if x != y && (x|0x20 != y|0x20 || x|0x20 < 'a' || x|0x20 > 'z') {
			return false
		}
	}
	return true
}

// readable names the formats in an error.
const readable = "npz, an edge list, Matrix Market, GraphML, GEXF, GML, DOT, Pajek, METIS or node-link JSON"
