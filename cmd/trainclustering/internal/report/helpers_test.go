package report

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/stretchr/testify/require"
)

// graphOf makes a graph of undirected edges.
func graphOf(n int, edges [][2]int) Graph {
	rows := make([][]int32, n)
	for _, e := range edges {
		rows[e[0]], rows[e[1]] = append(rows[e[0]], int32(e[1])), append(rows[e[1]], int32(e[0]))
	}
	g := Graph{RowPtr: []int32{0}}
	for _, r := range rows {
		slices.Sort(r)
		g.Col = append(g.Col, r...)
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
	}
	return g
}

// planted is a graph of k clusters with n nodes in all, about inner neighbours
// inside and some outside, and everything else that a page can show.
func planted(n, k, inner int, seed uint64) *Data {
	r := rand.New(rand.NewPCG(seed, 0))
	cluster := make([]int, n)
	members := make([][]int, k)
	for i := range cluster {
		cluster[i] = int(float64(k) * math.Pow(r.Float64(), 1.5))
		members[cluster[i]] = append(members[cluster[i]], i)
	}
	seen := make(map[[2]int]bool)
	var edges [][2]int
	for i, c := range cluster {
		for j := range inner {
			to := members[c][r.IntN(len(members[c]))]
			if j == 0 && r.IntN(3) == 0 {
				to = r.IntN(n)
			}
			e := [2]int{min(i, to), max(i, to)}
			if i != to && !seen[e] {
				seen[e] = true
				edges = append(edges, e)
			}
		}
	}
	d := &Data{
		Title: "planted", Method: "DMoN", Graph: graphOf(n, edges), Cluster: cluster, Share: make([]float32, n),
		Labels: make([]int, n), Classes: []string{"one", "two"}, Version: "v1", Seed: seed,
		Facts: []Fact{{"graph", "planted.npz", ""}}, Tiles: []Fact{{"Modularity", "0.5", "higher is better"}},
		Config: []Fact{{"k", itoa(k), ""}}, Command: "trainclustering train", Changes: []string{"2 self loops left out"},
		Warnings: []string{"nearly all nodes fell into one cluster"},
		History:  &History{Names: []string{"modularity", "total"}},
		Compared: &Comparison{Columns: []string{"modularity", "NMI"}, Rows: []Row{
			{Name: "this run", Values: []float64{.5, .6}, Own: true},
			{Name: "random", Values: []float64{-.01, math.NaN()}, Spread: []float64{.01, 0}},
		}},
		Restarts:  []Restart{{Seed: 1, Loss: -.3, Modularity: .4}, {Seed: 2, Loss: -.4, Modularity: .5, Kept: true}},
		Agreement: [][]float64{{1, .8}, {.8, 1}},
	}
	for i := range n {
		d.Share[i], d.Labels[i] = float32(r.Float64()), r.IntN(4)-1
		d.Graph.Names = append(d.Graph.Names, fmt.Sprintf("node %d", i))
	}
	for e := range 50 {
		d.History.Rows = append(d.History.Rows, []float64{-float64(e), math.Exp(-float64(e))})
	}
	return d
}

func htmlOf(t require.TestingT, d *Data) string {
	var b bytes.Buffer
	require.NoError(t, HTML(&b, d))
	return b.String()
}

func figureNamed(t require.TestingT, d *Data, name string) Figure {
	figures, err := Figures(d)
	require.NoError(t, err)
	for _, f := range figures {
		if f.Name == name {
			return f
		}
	}
	require.Fail(t, "no figure "+name)
	return Figure{}
}
