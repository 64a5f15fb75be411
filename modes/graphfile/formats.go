package graphfile

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// format is one file format: how it is recognised, read and written.
type format struct {
	name    string
	endings []string // with their dot, in lower case

	// sniff tells from the first bytes of a file, up to sniffed of them,
	// whether it has this format; nil where the content does not show it.
	sniff func(head []byte) bool

	// read reads a plain, not packed file; name begins its errors. nil where
	// the format is more than one stream (npz needs to seek).
	read func(r io.Reader, name string) (*Graph, error)

	// write is nil where the format is only read. What the format does not
	// hold is left out; what it cannot write right is an error.
	write func(w io.Writer, g *Graph) error

	holds holding

	// key says whether a node attribute can have a name; nil where all can.
	key func(name string) bool
}

// sniffed is how many bytes of a file sniff gets.
const sniffed = 4096

// holding says what of a graph a format keeps beside its edges.
type holding struct {
	names, labels, features bool
	lists                   bool // lines list the nodes where edges alone do not give them
}

// formats lists what is read and written, in the order of recognition. Edge
// lists come last: what nothing else claims is one.
func formats() []format {
	all := holding{names: true, labels: true, features: true}
	anyKey := func(string) bool { return true }
	return []format{
		{name: "npz", endings: []string{".npz"}, write: writeNPZ, holds: all},
		{name: "mtx", endings: []string{".mtx", ".mm"}, sniff: sniffMTX, read: readMTX, write: writeMTX, holds: holding{}},
		{name: "graphml", endings: []string{".graphml"}, sniff: sniffXML("graphml"), read: readGraphML, write: writeGraphML, holds: all, key: xmlHolds},
		{name: "gexf", endings: []string{".gexf"}, sniff: sniffXML("gexf"), read: readGEXF, write: writeGEXF, holds: all, key: xmlHolds},
		{name: "gml", endings: []string{".gml"}, sniff: sniffGML, read: readGML, write: writeGML, holds: all, key: gmlKey},
		{name: "dot", endings: []string{".dot", ".gv"}, sniff: sniffDOT, read: readDOT, write: writeDOT, holds: all, key: dotKey},
		{name: "pajek", endings: []string{".net", ".paj"}, sniff: sniffPajek, read: readPajek, write: writePajek, holds: holding{names: true}},
		{name: "json", endings: []string{".json"}, sniff: sniffJSON, read: readJSON, write: writeJSON, holds: all, key: anyKey},
		{name: "jsonl", endings: []string{".jsonl", ".ndjson"}, read: readJSON, write: writeJSONL, holds: holding{names: true, lists: true}},
		{name: "metis", endings: []string{".metis", ".graph"}, read: readMETIS, write: writeMETIS, holds: holding{}},
		{name: "tsv", endings: []string{".tsv", ".txt", ".edges", ".edgelist", ".el"}, read: ReadEdgeList, write: writeTSV, holds: holding{names: true, lists: true}},
		{name: "edges", endings: []string{".csv"}, read: ReadEdgeList, write: writeCSV, holds: holding{names: true, lists: true}},
	}
}

// Formats lists the names of the formats of single files, for [ReadFormat] and
// [WriteFormat].
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// formatNamed finds a format by its name or by one of its endings.
func formatNamed(name string) (format, error) {
	for _, f := range formats() {
		if f.is(name) {
			return f, nil
		}
	}
	return format{}, fmt.Errorf("format = %s, want %s", quote(name), strings.Join(Formats(), ", "))
}

// title is what messages call the format.
func (f format) title() string {
	switch f.name {
	case "edges":
		return "CSV"
	case "tsv":
		return "TSV"
	}
	return f.name
}

// formatEnding finds a format by the ending of a file's name, whatever it is
// packed with.
func formatEnding(path string) (format, bool) {
	path = strings.ToLower(path)
	for _, p := range packings {
		path = strings.TrimSuffix(path, p.ending)
	}
	for _, f := range formats() {
		if slices.Contains(f.endings, filepath.Ext(path)) {
			return f, true
		}
	}
	return format{}, false
}
