package ops

import (
	"slices"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// patterns is those of c = a·b at a run.
type patterns struct{ c, a, b *Pattern }

func productOf[T Float](c *call[T], f factors) (p patterns, err error) {
	if p.c, err = c.pattern(0, f.m, f.p); err != nil {
		return p, err
	}
	if p.a, err = c.pattern(1, f.m, f.n); err != nil {
		return p, err
	}
	p.b, err = c.pattern(2, f.n, f.p)
	return p, err
}

// at is the entry of c at (i, k).
func (p patterns) at(i, k int32) int32 {
	e, _ := slices.BinarySearch(p.c.row(int(i)), k)
	return p.c.csr.Ptr[i] + int32(e)
}

// cost is about the work for a row of so many.
func (p patterns) cost(rows int) int {
	return 8 * (1 + p.a.NNZ()/rows) * (1 + p.b.NNZ()/p.b.Rows())
}

// optional is the weights of p in input i, nil where the op has none.
func (c *call[T]) optional(given bool, i int, p *Pattern) ([]T, error) {
	if !given {
		return nil, nil
	}
	return c.weights(i, p)
}

// spspmm sets c_ik = Σ_j a_ij b_jk.
func spspmm[T Float](c *call[T], f factors) error {
	p, err := productOf(c, f)
	if err != nil {
		return err
	}
	out, err := c.entries(p.c)
	if err != nil {
		return err
	}
	wa, err := c.optional(f.wa, 3, p.a)
	if err != nil {
		return err
	}
	wb, err := c.optional(f.wb, len(c.in)-1, p.b)
	if err != nil {
		return err
	}
	clear(out)
	kernels.ForRows(f.m, p.cost(f.m), func(lo, hi int) {
		for i := int32(lo); i < int32(hi); i++ {
			for e := p.a.csr.Ptr[i]; e < p.a.csr.Ptr[i+1]; e++ {
				j := p.a.csr.Col[e]
				for h := p.b.csr.Ptr[j]; h < p.b.csr.Ptr[j+1]; h++ {
					out[p.at(i, p.b.csr.Col[h])] += weightAt(wa, e) * weightAt(wb, h)
				}
			}
		}
	})
	return nil
}

// spspmmGradA sets da_ij = Σ_k g_ik b_jk.
func spspmmGradA[T Float](c *call[T], f factors) error {
	p, err := productOf(c, f)
	if err != nil {
		return err
	}
	out, err := c.entries(p.a)
	if err != nil {
		return err
	}
	wb, err := c.optional(f.wb, 4, p.b)
	if err != nil {
		return err
	}
	g := c.float(3)
	kernels.ForRows(f.m, p.cost(f.m), func(lo, hi int) {
		for i := int32(lo); i < int32(hi); i++ {
			for e := p.a.csr.Ptr[i]; e < p.a.csr.Ptr[i+1]; e++ {
				j := p.a.csr.Col[e]
				var sum T
				for h := p.b.csr.Ptr[j]; h < p.b.csr.Ptr[j+1]; h++ {
					sum += g[p.at(i, p.b.csr.Col[h])] * weightAt(wb, h)
				}
				out[e] = sum
			}
		}
	})
	return nil
}

// spspmmGradB sets db_jk = Σ_i a_ij g_ik.
func spspmmGradB[T Float](c *call[T], f factors) error {
	p, err := productOf(c, f)
	if err != nil {
		return err
	}
	out, err := c.entries(p.b)
	if err != nil {
		return err
	}
	wa, err := c.optional(f.wa, 4, p.a)
	if err != nil {
		return err
	}
	g := c.float(3)
	t, perm := p.a.transpose()
	kernels.ForRows(f.n, p.cost(f.n), func(lo, hi int) {
		for j := int32(lo); j < int32(hi); j++ {
			for h := p.b.csr.Ptr[j]; h < p.b.csr.Ptr[j+1]; h++ {
				k := p.b.csr.Col[h]
				var sum T
				for e := t.Ptr[j]; e < t.Ptr[j+1]; e++ {
					sum += weightAt(wa, perm[e]) * g[p.at(t.Col[e], k)]
				}
				out[h] = sum
			}
		}
	})
	return nil
}
