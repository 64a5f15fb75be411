package main

import (
	"context"
	"fmt"
	"io"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// Bounds of what a picture shows: above them it is a grey ball that takes long
// to lay out.
const (
	maxDrawnNodes = 2000
	maxDrawnEdges = 50000
)

// writeResult writes the files of --out and notes them in the result.
func writeResult(ctx context.Context, res *result, g *graphfile.Graph) error {
	files := []outputFile{
		{"assignments.csv", func(w io.Writer) error { return writeAssignments(w, res, g.Names) }},
		{"history.csv", func(w io.Writer) error { return writeHistory(w, res) }},
		{"metrics.json", func(w io.Writer) error { return writeMetrics(w, res) }},
	}
	switch {
	case res.Nodes > maxDrawnNodes:
		res.NotDrawn = fmt.Sprintf("no clusters.svg: it is drawn for up to %s nodes", grouped(maxDrawnNodes))
	case res.Edges > maxDrawnEdges:
		res.NotDrawn = fmt.Sprintf("no clusters.svg: it is drawn for up to %s edges", grouped(maxDrawnEdges))
	default:
		pic := newPicture(res, g)
		files = append(files, outputFile{"clusters.svg", pic.write})
	}
	if ctx.Err() != nil {
		return interruptedf("interrupted after the training; nothing was written")
	}
	if err := writeAll(res.Options.Out, files); err != nil {
		return err
	}
	for _, f := range files {
		res.Written = append(res.Written, f.name)
	}
	return nil
}
