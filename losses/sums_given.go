package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// givenSums is sums that were made elsewhere. Its methods are parts of formulas,
// to be called inside build.
type givenSums struct{ n *SumNodes }

// node is a sum, which has to be there.
func node(name string, n *G.Node) *G.Node {
	if n == nil {
		return must[*G.Node](nil, lacking(name))
	}
	return n
}

func (x givenSums) clusters() int            { return x.n.byCluster().Shape()[1] }
func (x givenSums) graphs() int              { return x.n.Nodes.Shape().TotalSize() }
func (x givenSums) counts() *G.Node          { return x.n.Nodes }
func (x givenSums) padded() *G.Node          { return x.n.Nodes }
func (x givenSums) mean(v *G.Node) *G.Node   { return must(ops.MeanWhere(v, x.n.Nodes)) }
func (x givenSums) result(v *G.Node) *G.Node { return v }
func (x givenSums) links() *G.Node           { return node("Links", x.n.Links) }
func (x givenSums) trace() *G.Node           { return node("Inside", x.n.Inside) }
func (x givenSums) volumes() *G.Node         { return node("Volumes", x.n.Volumes) }
func (x givenSums) sizes() *G.Node           { return node("Sizes", x.n.Sizes) }
func (x givenSums) squares() *G.Node         { return node("Squares", x.n.Squares) }
func (x givenSums) gram() *G.Node            { return node("Gram", x.n.Gram) }
func (x givenSums) spread() *G.Node          { return node("Spread", x.n.Spread) }

// countBy has no padding to count.
func (x givenSums) countBy(count Count) *G.Node {
	if count != CountNodes && count != CountRows {
		return must[*G.Node](nil, errCount(count))
	}
	return x.n.Nodes
}

func (x givenSums) normalizer(by Normalizer) *G.Node {
	switch by {
	case TwoM:
		return node("TwoM", x.n.TwoM)
	case TwiceStored:
		return must(ops.Affine(node("Stored", x.n.Stored), 2, 0))
	}
	return must[*G.Node](nil, errNormalizer(by))
}

func errNormalizer(by Normalizer) error {
	return fmt.Errorf("Normalizer = %d, want TwoM or TwiceStored", by)
}

func errCount(count Count) error {
	return fmt.Errorf("Count = %d, want CountNodes or CountRows", count)
}
