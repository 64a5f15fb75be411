package graphfile

import (
	"os"
	"path/filepath"
	"strings"
)

// ReadFormat is [Read] for a file whose format is given, one of [Formats],
// planetoid or ogb.
func ReadFormat(path, format string) (*Graph, error) {
	return ReadWith(path, Options{Format: format})
}

// recognise finds the format of a file that is not packed: the one wanted, or
// by its first bytes, then by its ending. how is how it was known.
func recognise(head []byte, name, want string) (f format, how string, err error) {
	if want != "" {
		f, err = formatNamed(want)
		return f, "flag", err
	}
	for _, f := range formats() {
		if f.sniff != nil && f.sniff(head) {
			if f.name == "json" && strings.HasPrefix(filepath.Ext(strings.TrimSuffix(name, ".gz")), ".jsonl") {
				f.name = "jsonl"
			}
			return f, "content", nil
		}
	}
	if err := foreign(head, name); err != nil {
		return format{}, "", err
	}
	if f, ok := formatEnding(name); ok {
		return f, "ending", nil
	}
	f, err = formatNamed("edges")
	return f, "content", err
}

// readSet reads a data set of several files, if path is one.
func readSet(path string) (g *Graph, is bool, err error) {
	base := strings.TrimSuffix(path, ".gz")
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, false, nil
	case !info.IsDir():
		if ext := filepath.Ext(base); ext != ".content" && ext != ".cites" {
			return nil, false, nil
		}
		g, err = ReadPlanetoid(path)
	case hasSide(filepath.Join(path, "raw", "edge.csv")) || hasSide(filepath.Join(path, "num-node-list.csv")):
		g, err = ReadOGB(path)
	default:
		if _, err := planetoidBase(path); err != nil {
			return nil, false, nil
		}
		g, err = ReadPlanetoid(path)
	}
	return g, true, err
}
