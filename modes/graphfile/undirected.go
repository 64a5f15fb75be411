package graphfile

import (
	"fmt"
	"math"
)

// undirected turns the stored entries of a square matrix into the rows of an
// undirected graph, by the rules of the package comment, and counts what it
// changed. It uses a's slices. Time and memory are linear.
func undirected(a csr) (csr, changes, error) {
	var c changes
	c.clean(&a)
	in := a.transpose()
	c.duplicates = in.merge()
	out := in.transpose()
	if i, j, ok := out.infinite(); ok {
		return csr{}, c, fmt.Errorf("the weights from node %d to node %d sum to more than float32 holds", i, j)
	}
	n := c.countBoth(out, in)
	if n > math.MaxInt32 {
		return csr{}, c, fmt.Errorf("%d entries in both directions, want at most %d", n, math.MaxInt32)
	}
	u := union(out, in, n)
	if u.val != nil && all1(u.val) {
		u.val = nil
	}
	c.weighted = u.val != nil
	return u, c, nil
}

// clean drops self loops and zero weights.
func (c *changes) clean(a *csr) {
	a.filter(func(i, p int32) bool {
		switch {
		case a.col[p] == i:
			c.loops++
			return false
		case a.val != nil && a.val[p] == 0:
			c.zeros++
			return false
		}
		return true
	})
}

func all1(v []float32) bool {
	for _, x := range v {
		if x != 1 {
			return false
		}
	}
	return true
}

// both calls f for every place of row i that out or in has, ascending, with
// the position there or −1. Row i of in lists who points at i.
func both(out, in csr, i int, f func(p, q int32)) {
	p, pEnd := out.ptr[i], out.ptr[i+1]
	q, qEnd := in.ptr[i], in.ptr[i+1]
	for p < pEnd || q < qEnd {
		switch {
		case q == qEnd || p < pEnd && out.col[p] < in.col[q]:
			f(p, -1)
			p++
		case p == pEnd || in.col[q] < out.col[p]:
			f(-1, q)
			q++
		default:
			f(p, q)
			p, q = p+1, q+1
		}
	}
}

// countBoth returns the number of entries of the union and counts the
// directions: oneWay entries without their reverse, twoWay edges with it, and
// those of them whose two weights differ.
func (c *changes) countBoth(out, in csr) int {
	n := 0
	for i := range out.rows {
		both(out, in, i, func(p, q int32) {
			n++
			switch {
			case q < 0:
				c.oneWay++
			case p >= 0 && int(out.col[p]) > i:
				c.twoWay++
				if out.val != nil && out.val[p] != in.val[q] {
					c.averaged++
				}
			}
		})
	}
	return n
}

// union merges the rows of out and in, n entries in all.
func union(out, in csr, n int) csr {
	u := csr{rows: out.rows, cols: out.cols, ptr: make([]int32, 1, out.rows+1), col: make([]int32, 0, n)}
	if out.val != nil {
		u.val = make([]float32, 0, n)
	}
	for i := range out.rows {
		both(out, in, i, func(p, q int32) {
			if p >= 0 {
				u.col = append(u.col, out.col[p])
			} else {
				u.col = append(u.col, in.col[q])
			}
			if out.val != nil {
				u.val = append(u.val, mean(out.val, in.val, p, q))
			}
		})
		u.ptr = append(u.ptr, int32(len(u.col)))
	}
	return u
}

func mean(out, in []float32, p, q int32) float32 {
	switch {
	case q < 0:
		return out[p]
	case p < 0:
		return in[q]
	}
	return float32((float64(out[p]) + float64(in[q])) / 2)
}
