package options

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
)

// AssignmentsFile is the table of clusters.
const AssignmentsFile = "assignments.csv"

// The files of --out, beside those of --formats.
const (
	HistoryFile = "history.csv"
	MetricsJSON = "metrics.json"
	ConfigFile  = "config.yaml"
	ModelFile   = "model.safetensors"
	CoarseFile  = "coarse.csv"
	ReportFile  = "report.html"
	PictureFile = "clusters.svg"

	// Of --levels.
	HierarchyTree = "hierarchy.tree"
	HierarchyJSON = "hierarchy.json"
)

// OutputFormat is a word of --formats with the files that it stands for.
type OutputFormat struct {
	name  string
	Files []string
	Kind  assignment.Kind // of a file of assignments, "" for others
}

// Formats are the words of --formats.
func Formats() []OutputFormat {
	return []OutputFormat{
		{"csv", []string{AssignmentsFile}, assignment.CSV},
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
		if n+ending != PictureFile {
			names = append(names, n+ending)
		}
	}
	return names
}

// FormatNames are the words of --formats.
func FormatNames() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.name)
	}
	return names
}

// FormatNamed is the format of a name that was checked.
func FormatNamed(name string) OutputFormat {
	all := Formats()
	return all[slices.IndexFunc(all, func(f OutputFormat) bool { return f.name == name })]
}

// OutputNames are the files that --out receives as it is asked for. What an
// earlier run wrote beside them goes by its manifest.
func (o Train) OutputNames() []string {
	names := []string{HistoryFile, MetricsJSON, ConfigFile, ModelFile, CoarseFile, ReportFile, PictureFile}
	if o.Levels != nil || o.LevelCount > 0 {
		names = append(names, HierarchyTree, HierarchyJSON)
	}
	for _, name := range o.Formats {
		names = append(names, FormatNamed(name).Files...)
	}
	return names
}

// TableEndings are the endings of tables of clusters, with their dot.
func TableEndings() []string {
	var endings []string
	for _, f := range Formats() {
		if f.Kind != "" {
			endings = append(endings, "."+f.name)
		}
	}
	return endings
}

// TableKind is the layout of the table of clusters at path, by its ending; CSV
// for others.
func TableKind(path string) assignment.Kind {
	for _, f := range Formats() {
		if f.Kind != "" && strings.EqualFold(filepath.Ext(path), "."+f.name) {
			return f.Kind
		}
	}
	return assignment.CSV
}
