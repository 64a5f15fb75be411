package graphfile

import (
	"bytes"
	"strings"
)

// foreign names what a file is that no reader here reads; "" where its first
// bytes do not show that.
func foreign(head []byte) string {
	for _, f := range []struct{ magic, what string }{
		{"PAR1", "a Parquet file"}, {"\x89HDF", "an HDF5 file"}, {"SQLite format 3", "an SQLite database"}, {"%PDF", "a PDF file"},
		{"MATLAB 5.0", "a MATLAB file"}, {"\xd0\xcf\x11\xe0", "an old Excel file"}, {"ARROW1", "an Arrow file"}, {"FEA1", "a Feather file"},
		{"Obj\x01", "an Avro file"}, {"RDX", "an R data file"}, {"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"},
		{"7z\xbc\xaf", "a 7z archive"}, {"Rar!", "a rar archive"}, {">>graph6<<", "a graph6 file"}, {">>sparse6<<", "a sparse6 file"},
		{"\x04\x22\x4d\x18", "a file packed with lz4"}, {"PaJeK", "a Pajek matrix file"},
	} {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return f.what
		}
	}
	if len(head) > 2 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5 {
		return "a Python pickle"
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "a tar archive"
	}
	start := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head[:min(len(head), 256)]), "\ufeff")))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return "a page of HTML, perhaps of a failed download"
	case strings.HasPrefix(start, "<?xml"), strings.HasPrefix(start, "<svg"):
		return "an XML file of no known graph format"
	case strings.HasPrefix(start, "version https://git-lfs"):
		return "a pointer of git-lfs instead of the file"
	case strings.HasPrefix(start, "{\""), strings.HasPrefix(start, "[{"), strings.HasPrefix(start, "[["), strings.HasPrefix(start, "{\n"):
		return "a JSON file of no known graph layout"
	}
	return ""
}
