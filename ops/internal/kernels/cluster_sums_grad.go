package kernels

// ClusterSumsGrad is the gradient of ClusterSums by S, for the gradient G of
// what Set wrote: with a row of G for each sum, and M the part for SᵀS,
//
//	z_i = Twice·t∘p_i + d_i·(v + 2w∘s_i) + n + 2q∘s_i + s_i·(M + Mᵀ) + Add_i
//
// With Softmax, S is a softmax at a temperature of 1/InvTemp, and out the
// gradient of what it was made of.
type ClusterSumsGrad[T Float] struct {
	ClusterSums[T]
	G       []float64
	Twice   T   // 2 where A is symmetric, else 1
	Add     []T // M×K, or nil
	Softmax bool
	InvTemp T
}

// Set sets out, M×K.
func (c ClusterSumsGrad[T]) Set(out []T) {
	k := c.K
	buf := scratch[T]((5 + k) * k)
	defer release(buf)
	coef, both := (*buf)[:5*k], (*buf)[5*k:]
	c.coefficients(coef)
	if !c.gram(both) {
		both = nil
	}
	step := tileOf(k)
	ForRows(c.M, 4*k, func(lo, hi int) {
		for ; lo < hi; lo += step {
			next := min(lo+step, hi)
			c.tile(out[lo*k:next*k], coef, both, lo, next)
		}
	})
}

// coefficients sets coef to five vectors: those that P, the degree, the degree
// and S, 1, and S are multiplied by. What is not there is multiplied by 0.
func (c ClusterSumsGrad[T]) coefficients(coef []T) {
	for i, by := range [5]struct {
		row    int
		factor T
		there  bool
	}{
		{ClusterInside, c.Twice, c.P != nil},
		{ClusterVolumes, 1, c.D != nil},
		{ClusterSpread, 2, c.D != nil},
		{ClusterSizes, 1, true},
		{ClusterSquares, 2, true},
	} {
		for j := range c.K {
			if coef[i*c.K+j] = 0; by.there {
				coef[i*c.K+j] = by.factor * T(c.G[by.row*c.K+j])
			}
		}
	}
}

// gram sets both to M + Mᵀ, and reports whether that is anything but 0.
func (c ClusterSumsGrad[T]) gram(both []T) (any bool) {
	if !c.Gram {
		return false
	}
	m := c.G[ClusterRows*c.K:]
	for i := range c.K {
		for j := range c.K {
			v := T(m[i*c.K+j] + m[j*c.K+i])
			both[i*c.K+j] = v
			any = any || v != 0
		}
	}
	return any
}

// tile sets z to the gradient of the rows lo..hi-1.
func (c ClusterSumsGrad[T]) tile(z, coef, both []T, lo, hi int) {
	k, rows := c.K, hi-lo
	s := c.S[lo*k : hi*k]
	onto := both != nil || c.Add != nil
	switch {
	case both != nil:
		mulRows(z, s, right[T]{b: both, k: k, n: k}, nil, rows)
		if c.Add != nil {
			addTo(z, c.Add[lo*k:hi*k])
		}
	case c.Add != nil:
		copy(z, c.Add[lo*k:hi*k])
	}
	p, d := s, s // times 0
	if c.P != nil {
		p = c.P[lo*k : hi*k]
	}
	if c.D != nil {
		d = c.D[lo:hi]
	}
	clusterGrad(z, s, p, d, coef, rows, k, onto)
	if c.Softmax {
		softmaxGradRows(z, s, z, rows, k, c.InvTemp, 0)
	}
}

// clusterGrad sets z to a∘p_i + d_i·(b + c∘s_i) + e + f∘s_i, or adds that to z;
// the vectors a, b, c, e and f lie behind each other in coef.
func clusterGrad[T Float](z, s, p, d, coef []T, rows, k int, onto bool) {
	if level > plain {
		to := 0
		if onto {
			to = 1
		}
		panels[T](k, clusterWidths, func(c panel) {
			asmClusterGrad(at(z, c.from), at(s, c.from), at(p, c.from), at(d, 0), at(coef, c.from), k, rows, to, c.tail, c.vecs)
		})
		return
	}
	a, b, c, e, f := coef[:k], coef[k:2*k], coef[2*k:3*k], coef[3*k:4*k], coef[4*k:]
	if !onto {
		clear(z)
	}
	for i := range rows {
		for j, v := range s[i*k : i*k+k] {
			z[i*k+j] += a[j]*p[i*k+j] + d[i]*(b[j]+c[j]*v) + e[j] + f[j]*v
		}
	}
}
