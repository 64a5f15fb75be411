package stream

import (
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

// Sums is the sums of losses.SumNodes of a part of one graph, in float64. Those
// of parts add up to those of the graph; the order of adding decides the last
// bits. It is also used for the derivatives of a loss with respect to them.
type Sums struct {
	Nodes  float64 `json:"nodes"`  // n
	TwoM   float64 `json:"two_m"`  // Σ_i d_i
	Stored float64 `json:"stored"` // the stored entries of A
	Links  float64 `json:"links"`  // ‖A‖²
	Spread float64 `json:"spread"` // Σ_i d_i ‖S_i‖²

	Inside  []float64 `json:"inside"`  // t, K
	Volumes []float64 `json:"volumes"` // Sᵀd, K
	Sizes   []float64 `json:"sizes"`   // Σ_i S_i, K
	Squares []float64 `json:"squares"` // the diagonal of SᵀS, K
	Gram    []float64 `json:"gram"`    // SᵀS, K×K
}

// NewSums is sums of 0 for k clusters.
func NewSums(k int) Sums {
	return Sums{
		Inside: make([]float64, k), Volumes: make([]float64, k), Sizes: make([]float64, k), Squares: make([]float64, k),
		Gram: make([]float64, k*k),
	}
}

// Add adds the sums of another part, of as many clusters.
func (s *Sums) Add(o Sums) {
	s.Nodes += o.Nodes
	s.TwoM += o.TwoM
	s.Stored += o.Stored
	s.Links += o.Links
	s.Spread += o.Spread
	add(s.Inside, o.Inside)
	add(s.Volumes, o.Volumes)
	add(s.Sizes, o.Sizes)
	add(s.Squares, o.Squares)
	add(s.Gram, o.Gram)
}

func add(to, x []float64) {
	for i, v := range x {
		to[i] += v
	}
}

// nodeSums is the sums over the nodes of a block: s has a row of k for each of
// the degrees. Gram is left at 0 unless it is wanted.
func nodeSums[T ops.Float](s []T, d []float64, k int, gram bool) Sums {
	parts := make([]Sums, (len(d)+host.BlockRows-1)/host.BlockRows)
	host.Rows(len(d), func(p, lo, hi int) {
		part, row := NewSums(k), make([]float64, k)
		for i := lo; i < hi; i++ {
			for c, v := range s[i*k : (i+1)*k] {
				row[c] = float64(v)
			}
			part.addNode(row, d[i], gram)
		}
		parts[p] = part
	})
	total := NewSums(k)
	for _, p := range parts {
		total.Add(p)
	}
	total.mirror()
	return total
}

// addNode adds a node of degree d, to the upper triangle of Gram.
func (s *Sums) addNode(row []float64, d float64, gram bool) {
	s.Nodes++
	s.TwoM += d
	square := 0.
	for c, v := range row {
		s.Volumes[c] += d * v
		s.Sizes[c] += v
		s.Squares[c] += v * v
		square += v * v
	}
	s.Spread += d * square
	if !gram {
		return
	}
	k := len(row)
	for c, v := range row {
		to := s.Gram[c*k+c : (c+1)*k]
		for j, w := range row[c:] {
			to[j] += v * w
		}
	}
}

// mirror fills the lower triangle of Gram from the upper one.
func (s *Sums) mirror() {
	k := len(s.Sizes)
	for c := range k {
		for j := range c {
			s.Gram[c*k+j] = s.Gram[j*k+c]
		}
	}
}
