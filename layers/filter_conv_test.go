package layers_test

import (
	"math"
	"testing"

	"github.com/graphpool/graphpool/layers"
)

func TestFiltersRefuse(t *testing.T) {
	cheb := func(change func(*layers.ChebConv)) layers.Layer {
		l := layers.NewChebConv(2, 2)
		change(l)
		return l
	}
	refused(t, layers.NewChebConv(0, 1), "chebconv: Units = 0, want at least 1")
	refused(t, layers.NewChebConv(1, 0), "chebconv: K = 0, want at least 1")
	refused(t, layers.NewChebConv(1, 1001), "chebconv: K = 1001, want at most 1000")
	refused(t, cheb(func(l *layers.ChebConv) { l.Lambda = -1 }), "chebconv: Lambda = -1, want a number of at least 0")
	refused(t, cheb(func(l *layers.ChebConv) { l.Laplacian = 7 }), "chebconv: Laplacian = Kind(7), want Symmetric, RandomWalk or Unnormalized")
	tag := layers.NewTAGConv(1)
	tag.K = -1
	refused(t, tag, "tagconv: K = -1, want at least 0")
	arma := layers.NewARMAConv(1)
	arma.Stacks = 0
	refused(t, arma, "armaconv: Stacks = 0, want at least 1")
	deep := layers.NewARMAConv(1)
	deep.Layers = 2000
	refused(t, deep, "armaconv: Layers = 2000, want at most 1000")
	flat := layers.NewGTVConv(1)
	flat.Eps = 0
	refused(t, flat, "gtvconv: Eps = 0, want above 0")
	wild := layers.NewGTVConv(1)
	wild.Delta = math.Inf(1)
	refused(t, wild, "gtvconv: Delta = +Inf, want a finite number")
	refused(t, layers.NewLEConv(0), "leconv: Units = 0, want at least 1")
	for _, l := range []layers.Layer{layers.NewLEConv(1), tag, layers.NewGTVConv(1), layers.NewARMAConv(1), layers.NewChebConv(1, 1)} {
		refusedWithout(t, l, withoutA, l.(layers.Classed).Class()+": the graph has no adjacency, want A")
	}
}
