package main

import (
	"context"
	"fmt"
	"io"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/picture"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Bounds of what a picture shows: above them it is a grey ball that takes long
// to lay out.
const (
	maxDrawnNodes = 2000
	maxDrawnEdges = 50000
)

// The files of --out.
const (
	assignmentsFile = "assignments.csv"
	historyFile     = "history.csv"
	metricsJSON     = "metrics.json"
	pictureFile     = "clusters.svg"
)

// outputNames are the files that --out may receive.
func outputNames() []string {
	return []string{assignmentsFile, historyFile, metricsJSON, pictureFile}
}

// writeResult writes the files of --out and notes them in the result.
func writeResult(ctx context.Context, res *result, g *graphfile.Graph) error {
	files := []outdir.File{
		{Name: assignmentsFile, Write: func(w io.Writer) error { return writeAssignments(w, res, g.Names) }},
		{Name: historyFile, Write: func(w io.Writer) error { return writeHistory(w, res) }},
		{Name: metricsJSON, Write: func(w io.Writer) error { return writeMetrics(w, res) }},
	}
	switch {
	case res.Nodes > maxDrawnNodes:
		res.NotDrawn = fmt.Sprintf("no %s: it is drawn for up to %s nodes", pictureFile, text.Grouped(maxDrawnNodes))
	case res.Edges > maxDrawnEdges:
		res.NotDrawn = fmt.Sprintf("no %s: it is drawn for up to %s edges", pictureFile, text.Grouped(maxDrawnEdges))
	default:
		files = append(files, outdir.File{Name: pictureFile, Write: newPicture(res, g).Write})
	}
	if ctx.Err() != nil {
		return interruptedf("interrupted after the training; nothing was written")
	}
	if err := outdir.Write(res.Options.Out, files); err != nil {
		return err
	}
	for _, f := range files {
		res.Written = append(res.Written, f.Name)
	}
	return nil
}

// newPicture lays out the picture of a result.
func newPicture(res *result, g *graphfile.Graph) *picture.Picture {
	return picture.New(picture.Clustering{
		Title: fmt.Sprintf("%s: %s, %s, modularity %s", shortName(res.Source), text.Plural(res.Nodes, "node"),
			text.Plural(res.Scores.UsedClusters, "cluster"), text.Score(res.Scores.Modularity)),
		Graph: g, Cluster: res.Cluster, Confidence: res.Confidence, Sizes: res.Sizes, Seed: res.Best.Seed,
	})
}
