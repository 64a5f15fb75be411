// Command loss clusters a small graph by a loss that is written here,
// normalizedCut, and a pooling layer that has it:
//
//	go run ./docs/tutorials/loss
//
// docs/tutorials has the steps in words.
package main

import (
	"fmt"
	"io"
	"os"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "loss:", err)
		os.Exit(1)
	}
}

// normalizedCut is how much of the weight of the clusters' edges leaves them:
//
//	L = 1 − 1/K Σ_k (SᵀAS)_kk / (Sᵀd)_k,  d the degrees
//
// the mean over the graphs that have nodes. It is 0 where no edge leaves a
// cluster, and 1 − 1/K where all nodes are in one.
//
// Source: Shi and Malik, Normalized Cuts and Image Segmentation, IEEE TPAMI 2000.
func normalizedCut(s *G.Node, in modes.Graph) (*G.Node, error) {
	if s == nil || s.Dims() < 2 || in.A == nil {
		return nil, fmt.Errorf("normalized cut: assignment %v and adjacency %v, want rows×K and one", s, in.A)
	}
	inside, err := in.A.QuadForm(s, in.Segments()) // the diagonal of SᵀAS of each graph
	if err != nil {
		return nil, err
	}
	degree, err := in.A.Degree(s)
	if err != nil {
		return nil, err
	}
	scaled, err := ops.RowScale(s, degree)
	if err != nil {
		return nil, err
	}
	volume, err := ops.SegmentSum(scaled, in.Segments())
	if err != nil {
		return nil, err
	}
	kept, err := ops.Divide(inside, volume) // 0 for a cluster without edges
	if err != nil {
		return nil, err
	}
	perGraph, err := ops.RowSum(kept)
	if err != nil {
		return nil, err
	}
	nodes, err := in.Counts()
	if err != nil {
		return nil, err
	}
	mean, err := ops.MeanWhere(perGraph, nodes) // graphs without nodes do not count
	if err != nil {
		return nil, err
	}
	return ops.Affine(mean, -1/float64(s.Shape()[s.Dims()-1]), 1)
}

// cutPool is a layer with soft clusters and this loss: Soft has all but it.
type cutPool struct{ layers.Soft }

func newCutPool(k int) *cutPool {
	p := &cutPool{}
	p.K = k
	return p
}

// Class is the name of the layer in files.
func (*cutPool) Class() string { return "tutorial.cutpool" }

// Apply adds the layer's nodes.
func (p *cutPool) Apply(sc *param.Scope, in modes.Graph) (layers.Output, error) {
	return layers.Pool(p, sc, in)
}

// Losses is what the clusters are trained by.
func (p *cutPool) Losses(in modes.Graph, sel layers.Selection) ([]losses.Term, error) {
	n, err := normalizedCut(sel.Assignment, in)
	return []losses.Term{{Name: "normalized_cut", Weight: 1, Node: n}}, err
}

// cliques is two cliques of five nodes, 0 to 4 and 5 to 9, with the edge 4 – 5
// between them, and each node's own number, one-hot, as features.
func cliques() (*modes.Host, error) {
	var row, col []int
	for i := range 10 {
		for j := range 10 {
			if i != j && i/5 == j/5 || i+j == 9 && i/5 != j/5 && (i == 4 || j == 4) {
				row, col = append(row, i), append(col, j)
			}
		}
	}
	h, err := modes.FromCOO(10, row, col, nil)
	if err != nil {
		return nil, err
	}
	x := make([]float64, 100)
	for i := range 10 {
		x[11*i] = 1
	}
	h.X = tensor.New(tensor.WithShape(10, 10), tensor.WithBacking(x))
	return h, nil
}

func run(w io.Writer) error {
	host, err := cliques()
	if err != nil {
		return err
	}
	store, err := param.NewStore(tensor.Float64, 1)
	if err != nil {
		return err
	}
	g := G.NewGraph()
	in, err := modes.NewSingle(g, "cliques", host, tensor.Float64)
	if err != nil {
		return err
	}
	sc := store.Scope(g, true)
	out, err := newCutPool(2).Apply(sc, in)
	if err != nil {
		return err
	}
	total, err := losses.Total(out.Losses)
	if err != nil {
		return err
	}
	t, err := train.New(sc, total, train.NewAdam(.1), train.Options{Outputs: []*G.Node{out.Selection.Assignment}})
	if err != nil {
		return err
	}
	defer func() { _ = t.Close() }()
	s, err := steps(w, t, out.Selection.Assignment)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "clusters", largest(s, 2))
	return nil
}

// steps trains, and gives the assignment of the last step.
func steps(w io.Writer, t *train.Trainer, assignment *G.Node) ([]float64, error) {
	const count = 100
	for s := range count {
		if s == count-1 {
			if err := t.Fetch(assignment); err != nil { // large values are read when asked for
				return nil, err
			}
		}
		loss, err := t.Step()
		if err != nil {
			return nil, err
		}
		if s == 0 || s == count-1 {
			fmt.Fprintf(w, "step %d: loss %.3f\n", s, loss)
		}
	}
	s, err := t.Value(assignment)
	if err != nil {
		return nil, err
	}
	return s.Data().([]float64), nil
}

// largest is the column of the largest value of each row of k.
func largest(s []float64, k int) []int {
	out := make([]int, len(s)/k)
	for i, v := range s {
		if v > s[i/k*k+out[i/k]] {
			out[i/k] = i % k
		}
	}
	return out
}
