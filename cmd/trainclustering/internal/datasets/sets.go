// Package datasets fetches graphs for clustering by name, into a cache folder:
// whole or not at all, checked, and resumed where a transfer broke off.
package datasets

import (
	"fmt"
	"strings"
)

// Set is a data set that can be fetched by its name.
type Set struct {
	Name     string
	About    string // what the nodes and edges are
	Nodes    int
	Edges    int // undirected, as this program reads them; 0: not known
	Features int // columns
	Classes  int
	Bytes    int64  // of the file; 0: not known
	SHA256   string // of the file, in hexadecimal; "": not known, then the address pins the content
}

// commit pins the content of every file.
const commit = "1e72912a0810cdf27ae54fd589a3b43358a2b161"

// Source is where the sets come from.
const Source = "https://raw.githubusercontent.com/shchur/gnn-benchmark/" + commit + "/data/npz/"

// Sets lists the sets: those of Shchur, Mumme, Bojchevski, Günnemann, Pitfalls
// of Graph Neural Network Evaluation, 2018, arXiv 1811.05868.
func Sets() []Set {
	return []Set{
		{
			Name: "cora", About: "papers on machine learning, citations", Nodes: 2708, Edges: 5278, Features: 1433, Classes: 7,
			Bytes: 540580, SHA256: "068e22d90c3849b4057dfb05851741428992af058efcd4e7ebb4186f3d581de2",
		},
		{
			Name: "citeseer", About: "papers on computer science, citations", Nodes: 3327, Edges: 4552, Features: 3703, Classes: 6,
			Bytes: 1348784, SHA256: "280278b21b434c047922e8389518861416fb3ad39389c27865ff0e6bbb0aaab7",
		},
		{Name: "pubmed", About: "papers on diabetes, citations", Nodes: 19717, Edges: 44324, Features: 500, Classes: 3},
		{Name: "cora_full", About: "papers on computer science, citations", Nodes: 19793, Features: 8710, Classes: 70},
		{Name: "amazon_electronics_photo", About: "goods, bought together", Nodes: 7650, Edges: 119081, Features: 745, Classes: 8},
		{Name: "amazon_electronics_computers", About: "goods, bought together", Nodes: 13752, Edges: 245861, Features: 767, Classes: 10},
		{Name: "ms_academic_cs", About: "authors in computer science, papers written together", Nodes: 18333, Edges: 81894, Features: 6805, Classes: 15},
		{Name: "ms_academic_phy", About: "authors in physics, papers written together", Nodes: 34493, Edges: 247962, Features: 8415, Classes: 5},
	}
}

// ByName finds a set.
func ByName(name string) (Set, error) {
	var names []string
	for _, s := range Sets() {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Set{}, fmt.Errorf("data set = %q, want one of %s", name, strings.Join(names, ", "))
}
