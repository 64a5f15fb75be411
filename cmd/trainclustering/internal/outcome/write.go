package outcome

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// output is what the writers of files write from.
type output struct {
	res     *Result
	graph   *graphfile.Graph
	metrics *metricsfile.File
	page    *report.Data
	figures []report.Figure // of the page; the graph's picture first
}

// WriteFiles writes the files of --out and notes them in the result.
func WriteFiles(ctx context.Context, res *Result, g *graphfile.Graph) error {
	res.Clock.Begin(PartWriting)
	out := &output{res: res, graph: g, metrics: MetricsFile(res)}
	out.page = newReport(out)
	var err error
	if out.figures, err = report.Figures(out.page); err != nil {
		return failure.Failedf("drawing the clusters: %w", err)
	}
	if res.Unwritable, err = out.unwritable(); err != nil {
		return failure.Failedf("drawing the clusters: %w", err)
	}
	return res.write(ctx, out.files())
}

// write writes the files of --out, all or none, and notes them.
func (res *Result) write(ctx context.Context, files []outdir.File) error {
	err := outdir.Write(ctx, res.Options.Out, res.Options.OutputNames(), files)
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return failure.Interruptedf(ctx, "interrupted after the training; nothing was written")
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
	add(options.HistoryFile, func(w io.Writer) error { return writeHistory(w, res) })
	add(options.ConfigFile, func(w io.Writer) error { return writeConfig(w, res) })
	add(options.ModelFile, out.writeModel)
	add(options.CoarseFile, out.writeCoarse)
	if res.Levels != nil {
		add(options.HierarchyTree, out.writeHierarchyTree)
		add(options.HierarchyJSON, out.writeHierarchyJSON)
	}
	add(options.ReportFile, func(w io.Writer) error { return report.Page(w, out.page, out.figures) })
	if len(out.figures) > 0 {
		add(options.PictureFile, out.figures[0].SVG)
	}
	add(options.MetricsJSON, out.writeMetrics)
	return files
}

// writeMetrics comes last, for what the others took.
func (out *output) writeMetrics(w io.Writer) error {
	out.metrics.Timing = out.res.Clock.Timing()
	return metricsfile.Write(w, out.metrics)
}

// asked are the files of --formats.
func (out *output) asked() []outdir.File {
	var files []outdir.File
	add := func(name string, write func(io.Writer) error) {
		files = append(files, outdir.File{Name: name, Write: write})
	}
	for _, name := range out.res.Options.Formats {
		f := options.FormatNamed(name)
		switch name {
		case "npy":
			res := out.res
			add(f.Files[0], func(w io.Writer) error {
				return assignment.WriteNPY(w, res.Nodes, res.Options.K, res.shares())
			})
			if z := res.Best.Task.Z; z.Dense != nil {
				add(f.Files[1], func(w io.Writer) error { return assignment.WriteNPY(w, z.Rows, z.Cols, z.Dense) })
			}
		case "gexf":
			add(f.Files[0], func(w io.Writer) error { return writeGEXF(w, out) })
		case "graphml":
			add(f.Files[0], func(w io.Writer) error { return writeGraphML(w, out) })
		case "svg", "png":
			files = append(files, out.pictures(name)...)
		default:
			add(f.Files[0], func(w io.Writer) error { return WriteAssignments(w, out.res, out.graph, f.Kind) })
		}
	}
	return files
}

// unwritable tells whether a PNG that is asked for has names with letters that
// its font lacks.
func (out *output) unwritable() (bool, error) {
	if !slices.Contains(out.res.Options.Formats, "png") {
		return false, nil
	}
	for _, f := range out.figures {
		if lacks, err := f.Unwritable(); lacks || err != nil {
			return lacks, err
		}
	}
	return false, nil
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
		if file.Name != options.PictureFile {
			files = append(files, file)
		}
	}
	return files
}
