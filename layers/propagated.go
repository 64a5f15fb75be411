package layers

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Propagated is a layer that can do with features that were propagated
// beforehand, since Â(XW) = (ÂX)W: what it gives a node depends on the node's
// own rows of X, ÂX, Â²X and so on, and on no other row. So rows can be computed
// block by block, with the weights of Apply. Dense, GCNConv and GCNSkipConv are
// such layers.
type Propagated interface {
	Classed
	// Hops is the powers of Â that it reads, those of ApplyPropagated.
	Hops() []int
	// ApplyPropagated is Apply on one graph for each of Hops, whose X is ÂʰX;
	// no A is read. The result passes the first one on.
	ApplyPropagated(sc *param.Scope, in []modes.Graph) (Output, error)
}

// Hops implements Propagated: X.
func (l *Dense) Hops() []int { return []int{0} }

// ApplyPropagated implements Propagated.
func (l *Dense) ApplyPropagated(sc *param.Scope, in []modes.Graph) (Output, error) {
	if err := wantHops(in, l.Hops()); err != nil {
		return Output{}, err
	}
	return l.Apply(sc, in[0])
}

// Hops implements Propagated: ÂX.
func (l *GCNConv) Hops() []int { return []int{1} }

// ApplyPropagated implements Propagated. It errs where the normalisation is not
// that of Â.
func (l *GCNConv) ApplyPropagated(sc *param.Scope, in []modes.Graph) (Output, error) {
	if err := wantHops(in, l.Hops()); err != nil {
		return Output{}, err
	}
	return onNodes(l, sc, in[0], func(sc *param.Scope) *G.Node {
		ensure(in[0].Check())
		ensure(atLeast("Units", l.Units, 1))
		ensure(wantGCN(l.Normalization))
		return l.regularized(sc, l.linear(sc, in[0].X, l.Units, l.Activation))
	})
}

// Hops implements Propagated: ÂX and X.
func (l *GCNSkipConv) Hops() []int { return []int{1, 0} }

// ApplyPropagated implements Propagated. It errs where the normalisation is not
// that of Â.
func (l *GCNSkipConv) ApplyPropagated(sc *param.Scope, in []modes.Graph) (Output, error) {
	if err := wantHops(in, l.Hops()); err != nil {
		return Output{}, err
	}
	return onNodes(l, sc, in[0], func(sc *param.Scope) *G.Node {
		ensure(errors.Join(in[0].Check(), in[1].Check()))
		ensure(atLeast("Units", l.Units, 1))
		ensure(wantGCN(l.Normalization))
		w := l.kernel(sc, "kernel", in[0].X.Width(), l.Units)
		s := must(sc.Param("skip", param.Ones{}, l.Skip, l.Units))
		b := l.bias(sc, "bias", l.Units)
		return l.regularized(sc, l.linearBeside(in[0].X, w, in[1].X, scaleColumns(w, s), b, l.Activation))
	})
}

func wantHops(in []modes.Graph, hops []int) error {
	if len(in) != len(hops) {
		return fmt.Errorf("layers: %d graphs of propagated features, want %d, one for each of the hops %v", len(in), len(hops), hops)
	}
	return nil
}

func wantGCN(n modes.Normalization) error {
	if n != modes.GCN() {
		return unwanted("Normalization", fmt.Sprintf("%+v", n), "that of Â, modes.GCN(), by which the features were propagated")
	}
	return nil
}

// ApplyRows is a model on propagated features: an encoder whose first layer is
// Propagated and whose others read no A, and a pooler of which the selection
// alone is made. The weights have the paths that Sequence gives them. in has one
// graph for each of the hops of HopsOf.
func ApplyRows(sc *param.Scope, in []modes.Graph, ls ...Layer) (Selection, error) {
	out, rest, err := FirstRows(sc, in, ls...)
	if err != nil {
		return Selection{}, err
	}
	return RestRows(sc, out, rest...)
}

// FirstRows is the first layer of ApplyRows, the one that reads the features, and
// the layers behind it. Where the pooler is alone, it is the features themselves.
func FirstRows(sc *param.Scope, in []modes.Graph, ls ...Layer) (out modes.Graph, rest []Layer, err error) {
	if _, err := HopsOf(ls...); err != nil {
		return out, nil, err
	}
	first, ok := ls[0].(Propagated)
	if !ok { // the pooler is alone
		if err := wantHops(in, []int{0}); err != nil {
			return out, nil, err
		}
		return in[0], ls, nil
	}
	y, err := first.ApplyPropagated(sc, in)
	return y.Graph, ls[1:], err
}

// RestRows is the layers of ApplyRows behind the first one, on what that gave.
func RestRows(sc *param.Scope, in modes.Graph, rest ...Layer) (Selection, error) {
	if _, err := HopsOf(rest...); err != nil {
		return Selection{}, err
	}
	last := len(rest) - 1
	out, err := Sequence(sc, in, rest[:last]...)
	if err != nil {
		return Selection{}, err
	}
	return Select(rest[last].(Pooler), sc, out.Graph)
}

// HopsOf is the powers of Â that a model reads, as ApplyRows takes them: those of
// its first layer. It errs for a model that cannot do with propagated features.
func HopsOf(ls ...Layer) ([]int, error) {
	if len(ls) == 0 {
		return nil, errors.New("layers: a model without layers, want a pooler at its end")
	}
	last := len(ls) - 1
	if _, ok := ls[last].(SumPooler); !ok {
		return nil, fmt.Errorf("layers: layer %d is a %T, want a pooler whose losses are functions of sums", last, ls[last])
	}
	hops := []int{0}
	for i, l := range ls[:last] {
		p, ok := l.(Propagated)
		switch {
		case !ok:
			return nil, fmt.Errorf("layers: layer %d is a %T, want Dense, GCNConv or GCNSkipConv, which can do with propagated features", i, l)
		case i == 0:
			hops = p.Hops()
		case len(p.Hops()) != 1 || p.Hops()[0] != 0:
			return nil, fmt.Errorf("layers: layer %d is a %T, which reads the neighbours of what layer %d gives, want Dense behind the first layer", i, l, i-1)
		}
	}
	return hops, nil
}

// The layers that can do with propagated features, and the poolers by sums.
var (
	_ = []Propagated{(*Dense)(nil), (*GCNConv)(nil), (*GCNSkipConv)(nil)}
	_ = []SumPooler{(*DMoNPool)(nil), (*MinCutPool)(nil), (*JustBalancePool)(nil)}
)
