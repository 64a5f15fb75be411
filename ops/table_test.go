package ops

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// opRow is all that is tested of one exported function in the same way as of
// every other.
type opRow struct {
	op    string // the exported function
	cases []opCase
	bad   []badCase
}

// opCase is an expression with its value. Its gradient is checked in float64
// and float32, on both machines.
type opCase struct {
	name  string
	in    []gradcheck.Input
	build func(in G.Nodes) (*G.Node, error)
	want  []float64                    // worked by hand
	ref   func(in []G.Value) []float64 // the formula in plain loops; may be nil beside want
	free  []int                        // inputs that may be nil
	wide  bool                         // values that float32 cannot hold
}

// badCase is a call that is refused.
type badCase struct {
	name  string
	build func(g *G.ExprGraph) error
	want  string // part of the error
}

// opRows is the table. Every exported function that makes a node has a row,
// which TestEveryOpIsInTheTable sees to.
func opRows() []opRow {
	return slices.Concat(
		activationRows(), fusedRows(), clusterSumsRows(), distanceRows(), batchMulRows(), biasActivateRows(), colDotRows(), constantRows(),
		densifyRows(), densifyBlocksRows(), diagonalRows(), dropoutRows(), edgeDotRows(), edgesRows(), elementwiseRows(), entriesRows(), headsRows(), mergedRows(),
		differencesRows(),
		gatherRows(), gatherEdgesRows(), idsRows(), induceRows(), induceDenseRows(), induceSharedRows(), lastScaleRows(), linearRows(), linearBesideRows(), normRows(),
		normalizeRows(), patternRows(), placesRows(), productRows(), reshapeRows(), rowScaleRows(), segmentRows(),
		segmentMaxRows(), segmentSoftmaxRows(), selfLoopsRows(), softmaxRows(), spmmRows(),
		tileRows(), topkRows(), toSlotsRows(), transMulRows(),
		transposedRows(), standardizeRows(), columnRows(), crossEntropyRows(), customRows(), inverseHopsRows(), localMaximaRows(), segmentSoftmaxEpsRows(), segmentSortRows(), sparsemaxRows(), contractRows(), flattenRows(), relabelRows(), concatRows(),
		trianglesRows(), functionRows(), squaredDistancesRows(), pairRows(), visitRows(), readoutRows(),
		edgesApartRows(), eigenRows(), factorRows(), kronRows(), matchRows(), nearestRows(), takeColumnsRows(), missingLoopsRows(),
	)
}

// oneNode and twoNodes build the calls of functions of nodes alone.
func oneNode(f func(x *G.Node) (*G.Node, error)) func(G.Nodes) (*G.Node, error) {
	return func(in G.Nodes) (*G.Node, error) { return f(in[0]) }
}

func twoNodes(f func(a, b *G.Node) (*G.Node, error)) func(G.Nodes) (*G.Node, error) {
	return func(in G.Nodes) (*G.Node, error) { return f(in[0], in[1]) }
}

// second is the error of a call.
func second[N any](_ N, err error) error { return err }

// float and index are inputs of a shape for calls that are refused; no two
// have one name, so that none are merged.
func float(g *G.ExprGraph, shape ...int) *G.Node {
	return node(g, name(g), random(1, shape...))
}

func single32(g *G.ExprGraph, shape ...int) *G.Node {
	return node(g, name(g), single(random(1, shape...)))
}

func scalar(g *G.ExprGraph) *G.Node { return node(g, name(g), G.NewF64(1)) }

func index(g *G.ExprGraph, x ...int) *G.Node { return node(g, name(g), idx(x...)) }

func name(g *G.ExprGraph) string { return fmt.Sprint("n", len(g.AllNodes())) }
