package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// ReadFormat is [Read] for a file whose format is given, one of [Formats],
// planetoid or ogb.
func ReadFormat(path, format string) (*Graph, error) {
	switch format {
	case "planetoid":
		return ReadPlanetoid(path)
	case "ogb":
		return ReadOGB(path)
	case "npz":
		return Read(path)
	}
	if _, err := formatNamed(format); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, pathError(path, err)
	} else if info.IsDir() {
		return nil, fmt.Errorf("%s: is a folder, want a graph file", path)
	}
	return readText(f, path, format)
}

// readText reads a file of any format but npz, packed with gzip or not. want
// names its format; "" leaves it to be recognised.
func readText(r io.Reader, name, want string) (*Graph, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("%s: cannot be unpacked: %w", name, err)
		}
		defer z.Close()
		in = bufio.NewReaderSize(z, 1<<16)
	}
	head, _ := in.Peek(sniffed)
	f, how, err := recognise(head, name, want)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if f.read == nil {
		return nil, fmt.Errorf("%s: format = %s, want another one: the file does not begin like a zip archive", name, f.name)
	}
	g, err := f.read(in, name)
	if err != nil {
		return nil, err
	}
	g.Format, g.Recognised = f.name, how
	return g, nil
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
