package main

import (
	"context"
	"errors"
	"io"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/modes/graphfile"
)

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

// asked are the files of --formats.
func (out *output) asked() []outdir.File {
	var files []outdir.File
	add := func(name string, write func(io.Writer) error) {
		files = append(files, outdir.File{Name: name, Write: write})
	}
	for _, name := range out.res.Options.Formats {
		f := formatNamed(name)
		switch name {
		case "npy":
			res := out.res
			add(f.files[0], func(w io.Writer) error {
				return assignment.WriteNPY(w, res.Nodes, res.Options.K, res.Best.Shares)
			})
			if z := res.Best.Task.Z; z.Dense != nil {
				add(f.files[1], func(w io.Writer) error { return assignment.WriteNPY(w, z.Rows, z.Cols, z.Dense) })
			}
		case "gexf":
			add(f.files[0], func(w io.Writer) error { return writeGEXF(w, out) })
		case "graphml":
			add(f.files[0], func(w io.Writer) error { return writeGraphML(w, out) })
		case "svg", "png":
			files = append(files, out.pictures(name)...)
		default:
			add(f.files[0], func(w io.Writer) error { return writeAssignments(w, out.res, out.graph, f.kind) })
		}
	}
	return files
}

// pictures are the report's pictures as files of their own.
func (out *output) pictures(ending string) []outdir.File {
	var files []outdir.File
	for _, f := range out.figures {
		file := outdir.File{Name: f.Name + "." + ending, Write: f.SVG}
		if f.Name == "graph" {
			file.Name = "clusters." + ending
		}
		if ending == "png" {
			file.Write = f.PNG
		}
		if file.Name != pictureFile {
			files = append(files, file)
		}
	}
	return files
}
