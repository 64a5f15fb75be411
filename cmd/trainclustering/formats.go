package main

import (
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
)

const assignmentsFile = "assignments.csv"

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

// outputNames are the files that --out may receive in some formats. What an
// earlier run wrote in others goes by its manifest.
func outputNames(asked []string) []string {
	names := []string{historyFile, metricsJSON, configFile, modelFile, coarseFile, reportFile, pictureFile}
	for _, name := range asked {
		names = append(names, formatNamed(name).files...)
	}
	return names
}
