package gradcheck

import (
	"math/rand/v2"
	"slices"
)

// giveUp is how many entries are refined in vain before wrong entries are
// taken for wrong without a second look: it bounds the time for an op whose
// every entry is wrong.
const giveUp = 64

// compareGradients compares the gradients of all machines with the numeric
// one, which is evaluated once.
func compareGradients(c Case, o Options, n *numeric, all []*symbolic) ([]error, error) {
	worst := make([]*Mismatch, len(all))
	vain := 0
	for li, l := range n.f.leaves {
		shape := l.value.Shape()
		found := make([]*Mismatch, len(all))
		for k, s := range all {
			found[k] = &Mismatch{Case: c.Name, VM: s.vm, Name: l.name, Tol: o.Tol, Note: s.notes[li]}
		}
		for _, i := range sample(shape.TotalSize(), o.MaxEntries, o.Seed, li) {
			near, err := estimates(n, all, li, i, o.Tol, &vain)
			if err != nil {
				return nil, err
			}
			for k, s := range all {
				num, err := nearest(near, s.grads[li][i])
				found[k].add(s.grads[li][i], num, err, i, shape)
			}
		}
		for k := range all {
			worst[k] = worse(worst[k], found[k])
		}
	}
	var errs []error
	for _, m := range worst {
		if m != nil {
			errs = append(errs, m)
		}
	}
	return errs, nil
}

// estimates are the numeric gradients of one entry: one, or three where that
// one disagrees with any machine. It counts in vain what they do not settle.
func estimates(n *numeric, all []*symbolic, leaf, i int, tol float64, vain *int) ([]float64, error) {
	l := n.f.leaves[leaf]
	first, err := n.central(l, i, 1)
	near := []float64{first}
	if err != nil || agree(near, all, leaf, i, tol) || *vain >= giveUp {
		return near, err
	}
	more, err := n.refined(l, i)
	near = append(near, more...)
	if !agree(near, all, leaf, i, tol) {
		*vain++
	}
	return near, err
}

// agree tells whether every machine's gradient is within tol of an estimate.
func agree(estimates []float64, all []*symbolic, leaf, i int, tol float64) bool {
	for _, s := range all {
		if _, err := nearest(estimates, s.grads[leaf][i]); err > tol {
			return false
		}
	}
	return true
}

// nearest is the numeric estimate with the smallest error, and that error.
func nearest(estimates []float64, sym float64) (num, err float64) {
	num, err = estimates[0], relative(estimates[0], sym)
	for _, e := range estimates[1:] {
		if r := relative(e, sym); r < err {
			num, err = e, r
		}
	}
	return num, err
}

// worse returns the mismatch with the larger error; either may be nil or
// without a wrong entry.
func worse(a, b *Mismatch) *Mismatch {
	if b.orNil() == nil || a != nil && a.Err >= b.Err {
		return a
	}
	return b
}

// sample draws at most limit of n positions, in ascending order; 0 is all.
func sample(n, limit int, seed uint64, leaf int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	if limit == 0 || n <= limit {
		return all
	}
	r := rand.New(rand.NewPCG(seed, 1<<32+uint64(leaf)))
	r.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
	some := all[:limit]
	slices.Sort(some)
	return some
}
