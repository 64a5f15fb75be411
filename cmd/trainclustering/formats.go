package main

import (
	"io"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
)

const assignmentsFile = "assignments.csv"

// outputFormat is a word of --formats with the files that it stands for.
type outputFormat struct {
	name  string
	files []string
	kind  assignment.Kind // of a file of assignments, "" for others
}

// formats are the words of --formats.
func formats() []outputFormat {
	return []outputFormat{
		{"csv", []string{assignmentsFile}, assignment.CSV},
		{"tsv", []string{"assignments.tsv"}, assignment.TSV},
		{"json", []string{"assignments.json"}, assignment.JSON},
		{"clu", []string{"assignments.clu"}, assignment.Clu},
		{"tree", []string{"assignments.tree"}, assignment.Tree},
		{"npy", []string{"shares.npy", "embedding.npy"}, ""},
		{"gexf", []string{"clusters.gexf"}, ""},
		{"graphml", []string{"clusters.graphml"}, ""},
		{"svg", pictureNames(".svg"), ""},
		{"png", pictureNames(".png"), ""},
	}
}

// pictureNames are the files of the report's pictures; the graph's is clusters,
// and as SVG a file of every run.
func pictureNames(ending string) []string {
	var names []string
	for _, n := range []string{"clusters", "coarse", "sizes", "compared", "confusion", "adjacency", "losses", "restarts", "agreement"} {
		if n+ending != pictureFile {
			names = append(names, n+ending)
		}
	}
	return names
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// formatNamed is the format of a name that was checked.
func formatNamed(name string) outputFormat {
	all := formats()
	return all[slices.IndexFunc(all, func(f outputFormat) bool { return f.name == name })]
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
