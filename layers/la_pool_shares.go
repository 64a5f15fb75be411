package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// excluded is added to the cosine of a leader that takes no part. A cosine is
// at most 1 in size, so that the softmax of the sum is exactly 0 in float32,
// and its sparsemax in any case.
const excluded = -1e4

// shares is the share of each row in each leader, rows×K, 0 in those that take
// no part.
func (p *LaPool) shares(in modes.Graph, x, leaders *G.Node) *G.Node {
	near := p.near(in, x, leaders)
	cos := p.cosines(in, x, leaders)
	if !p.SoftMax {
		cos = must(ops.Hadamard(cos, near))
	}
	part := must(ops.NonZero(near))
	cos = must(G.Add(cos, must(ops.Affine(part, -excluded, excluded))))
	if p.SoftMax {
		return must(ops.Hadamard(must(ops.SoftMax(cos, 1)), near))
	}
	// The product is for a row that no leader takes part in.
	return must(ops.Hadamard(must(ops.SparseMax(cos)), part))
}

// near is β, rows×K: 0 for leaders that take no part.
func (p *LaPool) near(in modes.Graph, x, leaders *G.Node) *G.Node {
	if p.NoHops {
		there := must(ops.IDMask(leaders, x, in.Graphs, p.K))
		return must(ops.Spread(there, in.Segments(), in.Rows()))
	}
	return must(in.A.InverseHops(leaders, x, in.Segments(), in.Rows()))
}

// cosines is the cosine of each row and each leader of its graph, rows×K.
func (p *LaPool) cosines(in modes.Graph, x, leaders *G.Node) *G.Node {
	f := in.X.Width()
	unit := must(ops.Divide(x, must(ops.Norm(x, x.Dims()-1))))
	unit = must(ops.Reshape(unit, in.Rows(), f))
	of := must(ops.Reshape(must(ops.Gather(unit, leaders)), in.Graphs, p.K, f))
	return must(ops.SegmentMul(unit, must(ops.Transpose(of)), in.Segments()))
}

// withLeaders is S: the shares, those of a leader replaced by its own cluster,
// those of padding by 0, in the shape of X's rows.
func (p *LaPool) withLeaders(in modes.Graph, shares, leaders *G.Node) *G.Node {
	eye := must(ops.Tile(identity(shares, p.K), in.Graphs))
	own := must(ops.ScatterAdd(eye, leaders, in.Rows()))
	follows := withoutPadding(in, must(ops.Affine(must(ops.RowSum(own)), -1, 1)))
	s := must(ops.RowScale(shares, follows))
	return byGraph(in, must(G.Add(s, own)))
}
