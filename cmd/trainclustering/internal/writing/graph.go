// Package writing writes graphs into files and to standard output.
package writing

import (
	"io"
	"log/slog"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Stream is the path that stands for standard output.
const Stream = "-"

// Generated is the format of a generated graph: the one of the path's ending,
// npz where it has none.
func Generated(path string) string {
	if path == Stream || filepath.Ext(path) == "" {
		return "npz"
	}
	return ""
}

// Check finds before the work what would keep a graph from being written to
// path in a format, "" for the one of its ending. flag is what the command line
// calls the path.
func Check(flag, path, format string) error {
	if path == Stream && format == "" {
		return failure.Usagef("the format of standard output is not known by an ending").WithHint("--to names it, as in --to json")
	}
	if err := graphfile.CanWrite(path, format); err != nil {
		return failure.Usagef("%w", err)
	}
	if path == Stream {
		return nil
	}
	return outdir.CheckFile(flag, path)
}

// Graph writes a graph to path, or to stdout where that is [Stream], and tells
// what the format does not hold.
func Graph(stdout io.Writer, log *slog.Logger, path string, g *graphfile.Graph, format string) error {
	write := func() ([]string, error) { return graphfile.WriteFormat(path, g, format) }
	if path == Stream {
		write = func() ([]string, error) { return graphfile.WriteTo(stdout, g, format) }
	}
	left, err := write()
	if err != nil {
		return failure.Failedf("%w", err)
	}
	for _, what := range left {
		log.Info(text.OneLine("writing: " + what))
	}
	return nil
}

// Tell says in a line what was written: on standard output, and in the log
// where the graph went there.
func Tell(stdout io.Writer, log *slog.Logger, path, what string) error {
	if path == Stream {
		log.Info(text.OneLine("standard output: " + what))
		return nil
	}
	_, err := io.WriteString(stdout, text.OneLine(path+": "+what)+"\n")
	return err
}
