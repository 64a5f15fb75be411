package losses_test

import (
	"fmt"
	"log"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// triangles is the graph of the examples: two triangles, 0–1–2 and 3–4–5,
// joined by the edge 2–3. It has seven edges, so fourteen entries of A. S puts
// each node into one of two clusters, or, without clusters, half into each.
func triangles(clusters ...int) (s *G.Node, graph modes.Graph) {
	row := []int{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5}
	col := []int{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4}
	pattern, _, err := ops.PatternFromCOO(6, 6, row, col)
	check(err)
	g := G.NewGraph()
	graph, err = modes.NewSingle(g, "graph", &modes.Host{Nodes: 6, Pattern: pattern}, tensor.Float64)
	check(err)
	shares := []float64{.5, .5, .5, .5, .5, .5, .5, .5, .5, .5, .5, .5}
	for i, c := range clusters {
		shares[2*i+c], shares[2*i+1-c] = 1, 0
	}
	return matrix(g, "s", 6, 2, shares), graph
}

func matrix(g *G.ExprGraph, name string, rows, cols int, x []float64) *G.Node {
	return G.NewMatrix(g, tensor.Float64, G.WithName(name), G.WithShape(rows, cols),
		G.WithValue(tensor.New(tensor.WithShape(rows, cols), tensor.WithBacking(x))))
}

// show prints the value of a loss.
func show(loss *G.Node, err error) {
	check(err)
	vm := G.NewTapeMachine(loss.Graph())
	defer vm.Close()
	check(vm.RunAll())
	fmt.Printf("%.3f\n", loss.Value().Data())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Losses are added up with their weights, and the sum is differentiated.
func Example() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	cut, err := losses.MinCut(s, graph)
	check(err)
	orthogonality, err := losses.Orthogonality(s, graph)
	check(err)
	total, err := losses.Total([]losses.Term{
		{Name: losses.NameCut, Weight: 1, Node: cut},
		{Name: losses.NameOrthogonality, Weight: 0.5, Node: orthogonality},
	})
	check(err)
	slopes, err := G.Grad(total, s)
	check(err)
	vm := G.NewTapeMachine(s.Graph())
	defer vm.Close()
	check(vm.RunAll())
	fmt.Printf("%.3f %v\n", total.Value().Data(), slopes[0].Shape())
	// Output: -0.857 (6, 2)
}

// One edge of seven is cut: 12 of the 14 entries of A stay inside, −12/14.
func ExampleMinCut() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.MinCut(s, graph))
	// Output: -0.857
}

// All nodes are in one cluster: ‖diag(1, 0) − I/√2‖ = √(2 − √2).
func ExampleOrthogonality() {
	s, graph := triangles(0, 0, 0, 0, 0, 0)
	show(losses.Orthogonality(s, graph))
	// Output: 0.765
}

// Each triangle has 6 of the 14 entries inside, and half of the volume:
// −2·(6/14 − ¼) = −5/14.
func ExampleModularity() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.Modularity(s, graph, losses.TwoM))
	// Output: -0.357
}

// All nodes are in one of two clusters: √2/6 · 6 − 1.
func ExampleCluster() {
	s, graph := triangles(0, 0, 0, 0, 0, 0)
	show(losses.Cluster(s, graph, losses.CountNodes))
	// Output: 0.414
}

// All nodes are in one of two clusters: −√6/√(6·2).
func ExampleBalance() {
	s, graph := triangles(0, 0, 0, 0, 0, 0)
	show(losses.Balance(s, graph))
	// Output: -0.707
}

// A and SSᵀ differ in the six entries on the diagonal and in the two of the
// edge between the triangles: √8.
func ExampleLinkPrediction() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.LinkPrediction(s, graph, losses.LinkOptions{}))
	// Output: 2.828
}

// Each node belongs to both clusters by half: log 2.
func ExampleEntropy() {
	s, graph := triangles()
	show(losses.Entropy(s, graph, 0, losses.CountNodes))
	// Output: 0.693
}

// The two nodes of six edges of seven agree.
func ExampleMaxCut() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.MaxCut(s, graph))
	// Output: 0.857
}

// One edge of seven joins two clusters. It is two entries of A, and the
// assignments of its nodes differ by 2: 2·2 / (2·14).
func ExampleTotalVariation() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.TotalVariation(s, graph))
	// Output: 0.143
}

// Four nodes and two. The fourth largest share of each column is q = (1, 0):
// the first column has two values of 0, 1 below q, the second two values of 1,
// 1 above q. L = 1 − 4/6.
func ExampleAsymBalance() {
	s, graph := triangles(0, 0, 0, 0, 1, 1)
	show(losses.AsymBalance(s, graph))
	// Output: 0.333
}

// 6/7 of the volume of each triangle is inside, and both triangles are: the mean
// of −6/7 and −1.
func ExampleHigherOrderCut() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.HigherOrderCut(s, graph, losses.HigherOrderOptions{Alpha: .5}))
	// Output: -0.929
}

// All nodes are in one of two clusters: (√2 − √6/√6) / (√2 − 1).
func ExampleNormalizedBalance() {
	s, graph := triangles(0, 0, 0, 0, 0, 0)
	show(losses.NormalizedBalance(s, graph))
	// Output: 1.000
}

// Bits a step of the walk; in one cluster it takes 2.557.
func ExampleMapEquation() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	show(losses.MapEquation(s, graph, losses.MapOptions{}))
	// Output: 2.321
}

// Each node belongs to both clusters by half, and so does P: nothing is sharper.
func ExampleSelfTraining() {
	s, graph := triangles()
	show(losses.SelfTraining(s, graph))
	// Output: 0.000
}

// With connections of 0 every pair has the probability ½: the 14 entries weigh
// 22/14 and the other 22 pairs 1, so that it is 44/36 log 2.
func ExampleReconstruction() {
	s, graph := triangles(0, 0, 0, 1, 1, 1)
	k := matrix(s.Graph(), "k", 2, 2, make([]float64, 4))
	show(losses.Reconstruction(s, k, graph, losses.ReconstructionOptions{}))
	// Output: 0.847
}

// Of one fraction a node, each Beta(2, 1) where Beta(1, 1) was expected: 6 (log 2
// − ½) over 6².
func ExamplePosteriorDivergence() {
	s, graph := triangles()
	twos, ones := matrix(s.Graph(), "twos", 6, 1, []float64{2, 2, 2, 2, 2, 2}), matrix(s.Graph(), "ones", 6, 1, []float64{1, 1, 1, 1, 1, 1})
	show(losses.PosteriorDivergence(twos, ones, graph, 1))
	// Output: 0.032
}

// Four connections that are off by 3 each: 4·3²/2 over 6².
func ExampleConnectivityPrior() {
	s, graph := triangles()
	k := matrix(s.Graph(), "k", 2, 2, []float64{3, -3, -3, 3})
	show(losses.ConnectivityPrior(k, graph, losses.PriorOptions{Mean: 6, Variance: 1}))
	// Output: 0.500
}

// The first row gives both classes ½, the second gives the right one ¾, and
// the third has no label: (log 2 + log 4/3)/2.
func ExampleCrossEntropy() {
	g := G.NewGraph()
	logits := matrix(g, "logits", 3, 2, []float64{0, 0, 1.0986123, 0, 5, 7})
	labels := G.NewVector(g, tensor.Int, G.WithName("labels"), G.WithShape(3),
		G.WithValue(tensor.New(tensor.WithBacking([]int{1, 0, -1}))))
	show(losses.CrossEntropy(logits, labels, nil))
	// Output: 0.490
}

// The weights are 1 and 2: −1 + 2·√(2 − √2). A term of weight 0 is left out.
func ExampleTotal() {
	s, graph := triangles(0, 0, 0, 0, 0, 0)
	cut, err := losses.MinCut(s, graph)
	check(err)
	orthogonality, err := losses.Orthogonality(s, graph)
	check(err)
	balance, err := losses.Balance(s, graph)
	check(err)
	show(losses.Total([]losses.Term{
		{Name: losses.NameCut, Weight: 1, Node: cut},
		{Name: losses.NameOrthogonality, Weight: 2, Node: orthogonality},
		{Name: losses.NameBalance, Weight: 0, Node: balance},
	}))
	// Output: 0.531
}
