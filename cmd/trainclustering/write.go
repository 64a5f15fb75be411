package main

import (
	"context"
	"errors"
	"io"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// The files of --out, beside those of --formats.
const (
	historyFile = "history.csv"
	metricsJSON = "metrics.json"
	configFile  = "config.yaml"
	modelFile   = "model.safetensors"
	coarseFile  = "coarse.csv"
	reportFile  = "report.html"
	pictureFile = "clusters.svg"
)

// outputNames are the files that --out may receive in some formats. What an
// earlier run wrote in others goes by its manifest.
func outputNames(asked []string) []string {
	names := []string{historyFile, metricsJSON, configFile, modelFile, coarseFile, reportFile, pictureFile}
	for _, name := range asked {
		names = append(names, formatNamed(name).files...)
	}
	return names
}

// output is what the writers of files write from.
type output struct {
	res     *result
	graph   *graphfile.Graph
	metrics *metricsfile.File
	page    *report.Data
	figures []report.Figure // of the page; the graph's picture first
}

// writeResult writes the files of --out and notes them in the result.
func writeResult(ctx context.Context, res *result, g *graphfile.Graph) error {
	out := &output{res: res, graph: g, metrics: newMetricsFile(res)}
	out.page = newReport(out)
	var err error
	if out.figures, err = report.Figures(out.page); err != nil {
		return failedf("drawing the clusters: %w", err)
	}
	files := out.files()
	err = outdir.Write(ctx, res.Options.Out, outputNames(res.Options.Formats), files)
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return interruptedf(ctx, "interrupted after the training; nothing was written")
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		res.Written = append(res.Written, f.Name)
	}
	res.Written = append(res.Written, outdir.ManifestName)
	return nil
}

// files are those to write: of every run, then of --formats.
func (out *output) files() []outdir.File {
	res := out.res
	files := out.asked()
	add := func(name string, write func(io.Writer) error) {
		files = append(files, outdir.File{Name: name, Write: write})
	}
	add(historyFile, func(w io.Writer) error { return writeHistory(w, res) })
	add(metricsJSON, func(w io.Writer) error { return metricsfile.Write(w, out.metrics) })
	add(configFile, func(w io.Writer) error { return writeConfig(w, res) })
	add(modelFile, out.writeModel)
	add(coarseFile, out.writeCoarse)
	add(reportFile, func(w io.Writer) error { return report.Page(w, out.page, out.figures) })
	if len(out.figures) > 0 {
		add(pictureFile, out.figures[0].SVG)
	}
	return files
}
