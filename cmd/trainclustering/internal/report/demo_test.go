package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"

	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// TestDemo writes the reports of the graphs in $GRAPHPOOL_DATA into
// $GRAPHPOOL_REPORTS, for a person to look at.
func TestDemo(t *testing.T) {
	data, out := os.Getenv("GRAPHPOOL_DATA"), os.Getenv("GRAPHPOOL_REPORTS")
	if data == "" || out == "" {
		t.Skip("GRAPHPOOL_DATA and GRAPHPOOL_REPORTS are not both set: give the folder that holds npz/ and one to write into")
	}
	for _, name := range []string{"karate_4class", "football", "lesmis", "cora"} {
		g, err := graphfile.Read(filepath.Join(data, "npz", name+".npz"))
		require.NoError(t, err)
		began := time.Now()
		d := louvainData(t, g, name)
		louvain := time.Since(began)
		f, err := os.Create(filepath.Join(out, name+".html"))
		require.NoError(t, err)
		require.NoError(t, HTML(f, d))
		require.NoError(t, f.Close())
		fmt.Println(name, "louvain", louvain, "all", time.Since(began))
		figures, err := Figures(d)
		require.NoError(t, err)
		for _, fig := range figures {
			for ext, write := range map[string]func(*os.File) error{"svg": func(f *os.File) error { return fig.SVG(f) }, "png": func(f *os.File) error { return fig.PNG(f) }} {
				f, err := os.Create(filepath.Join(out, name+"-"+fig.Name+"."+ext))
				require.NoError(t, err)
				require.NoError(t, write(f))
				require.NoError(t, f.Close())
			}
		}
	}
}

// louvainData is a report of a graph clustered by Louvain's method.
func louvainData(t *testing.T, g *graphfile.Graph, title string) *Data {
	und := simple.NewUndirectedGraph()
	for i := range g.Nodes {
		und.AddNode(simple.Node(i))
	}
	for i := range g.Nodes {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if int(j) > i {
				und.SetEdge(simple.Edge{F: simple.Node(i), T: simple.Node(j)})
			}
		}
	}
	cluster := make([]int, g.Nodes)
	for c, nodes := range community.Modularize(und, 1, rand.NewPCG(1, 2)).Communities() {
		for _, node := range nodes {
			cluster[node.ID()] = c
		}
	}
	m, err := metrics.Evaluate(metrics.Graph{RowPtr: g.RowPtr, Col: g.Col}, cluster, g.Labels)
	require.NoError(t, err)
	d := &Data{
		Title: title, Method: "Louvain", Graph: Graph{RowPtr: g.RowPtr, Col: g.Col, Names: g.Names}, Cluster: cluster,
		Labels: g.Labels, Version: "v0", Changes: g.Changes,
		Tiles: []Fact{
			{"Clusters", fmt.Sprint(m.UsedClusters), fmt.Sprintf("effective number %.1f", m.EffectiveClusters)},
			{"Modularity", figure(m.Modularity), "higher is better"},
			{"Conductance", figure(m.Conductance), "share of edges between clusters"},
			{"NMI", figure(m.NMI), "with the labels"},
			{"ARI", figure(m.ARI), "with the labels"},
		},
		Facts: []Fact{{"graph", title + ".npz", ""}, {"method", "Louvain", "gonum"}}, Config: []Fact{{"seed", "1", ""}, {"resolution", "1", ""}, {"lr", "0.001", ""}},
		Command: "trainclustering train --data " + title + ".npz --k 16 --seed 1 --restarts 8 --out result",
		Compared: &Comparison{Columns: []string{"modularity", "NMI", "ARI", "conductance"}, Rows: []Row{
			{"DMoN, this run", []float64{m.Modularity, m.NMI, m.ARI, m.Conductance}, nil, true},
			{"Louvain", []float64{m.Modularity + 0.01, m.NMI, m.ARI, m.Conductance}, []float64{.01, .02, .02, .03}, false},
			{"labels", []float64{.5, 1, 1, .2}, nil, false},
			{"k-means", []float64{.3, .2, .1, .4}, []float64{.03, .05, .05, .01}, false},
			{"random", []float64{-.01, .05, -.002, .9}, []float64{.002, .01, .001, .01}, false},
		}},
		History: &History{Names: []string{"modularity", "cluster", "orthogonality", "total"}},
	}
	for e := range 1000 {
		x := float64(e)
		d.History.Rows = append(d.History.Rows, []float64{-.7 * (1 - math.Exp(-x/100)), math.Exp(-x / 300), .1 * math.Sin(x/30) * math.Exp(-x/200), -.6 * (1 - math.Exp(-x/100))})
	}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 8 {
		d.Restarts = append(d.Restarts, Restart{Seed: uint64(i * 7), Loss: -.6 + .1*r.Float64(), Modularity: .4, Kept: i == 3})
		row := make([]float64, 8)
		for j := range row {
			row[j] = .6 + .4*r.Float64()
		}
		row[i] = 1
		d.Agreement = append(d.Agreement, row)
	}
	return d
}
