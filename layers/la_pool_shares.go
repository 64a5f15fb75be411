package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// excluded is what leaders that take no part get added to their cosine, which
// is at most 1 in size: far enough below for the softmax to be exactly 0 in
// float32, and for the sparsemax always.
const excluded = -1e4

// shares is the share of each row in each leader, rows×K, 0 in those that take
// no part.
func (p *LaPool) shares(in modes.Graph, x, leaders *G.Node) (*G.Node, error) {
	near, err := p.near(in, x, leaders)
	if err != nil {
		return nil, err
	}
	cos, err := p.cosines(in, x, leaders)
	if err != nil {
		return nil, err
	}
	if !p.SoftMax {
		if cos, err = ops.Hadamard(cos, near); err != nil {
			return nil, err
		}
	}
	part, err := ops.NonZero(near)
	if err != nil {
		return nil, err
	}
	out, err := ops.Affine(part, -excluded, excluded)
	if err != nil {
		return nil, err
	}
	if cos, err = G.Add(cos, out); err != nil {
		return nil, err
	}
	if p.SoftMax {
		soft, err := ops.SoftMax(cos, 1)
		if err != nil {
			return nil, err
		}
		return ops.Hadamard(soft, near)
	}
	sparse, err := ops.SparseMax(cos)
	if err != nil {
		return nil, err
	}
	return ops.Hadamard(sparse, part) // a row that no leader takes part in
}

// cosines is the cosine of each row and each leader of its graph, rows×K.
func (p *LaPool) cosines(in modes.Graph, x, leaders *G.Node) (*G.Node, error) {
	norm, err := ops.Norm(x, x.Dims()-1)
	if err != nil {
		return nil, err
	}
	unit, err := ops.Divide(x, norm)
	if err != nil {
		return nil, err
	}
	f := in.X.Width()
	if unit, err = ops.Reshape(unit, in.Rows(), f); err != nil {
		return nil, err
	}
	of, err := ops.Gather(unit, leaders)
	if err != nil {
		return nil, err
	}
	if of, err = ops.Reshape(of, in.Graphs, p.K, f); err != nil {
		return nil, err
	}
	if of, err = ops.Transpose(of); err != nil {
		return nil, err
	}
	return ops.SegmentMul(unit, of, in.Segments())
}

// withLeaders is S: the shares, those of a leader replaced by its own cluster,
// those of padding by 0, in the shape of X's rows.
func (p *LaPool) withLeaders(in modes.Graph, shares, leaders *G.Node) (*G.Node, error) {
	eye, err := identity(shares, p.K)
	if err != nil {
		return nil, err
	}
	if eye, err = ops.Tile(eye, in.Graphs); err != nil {
		return nil, err
	}
	own, err := ops.ScatterAdd(eye, leaders, in.Rows())
	if err != nil {
		return nil, err
	}
	leads, err := ops.RowSum(own)
	if err != nil {
		return nil, err
	}
	follows, err := ops.Affine(leads, -1, 1)
	if err != nil {
		return nil, err
	}
	if in.IDs != nil {
		nodes, err := ops.IDMask(in.IDs, shares, in.Rows())
		if err != nil {
			return nil, err
		}
		if follows, err = ops.Hadamard(follows, nodes); err != nil {
			return nil, err
		}
	}
	s, err := ops.RowScale(shares, follows)
	if err != nil {
		return nil, err
	}
	if s, err = G.Add(s, own); err != nil || !padded(in.Mode) {
		return s, err
	}
	return ops.Reshape(s, in.Graphs, in.RowsPerGraph(), p.K)
}
