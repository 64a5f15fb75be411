package train

import "math"

// adamStep is the loop of [Adam] and the place for a faster kernel: it
// updates w, m and v and sets g to 0. fix1 and fix2 are 1/(1−βᵗ).
func adamStep[T float](w, g, m, v []T, lr, beta1, beta2, eps, fix1, fix2 T) {
	g, m, v = g[:len(w)], m[:len(w)], v[:len(w)]
	for i, d := range g {
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*(d*d)
		root := T(math.Sqrt(float64(v[i] * fix2)))
		w[i] -= lr * (m[i] * fix1) / (root + eps)
		g[i] = 0
	}
}

func momentsOf[T float](s *moments, n int) (m, v []T) {
	m, ok := s.m.([]T)
	if !ok {
		m = make([]T, n)
		s.m, s.v = m, make([]T, n)
	}
	return m, s.v.([]T)
}
