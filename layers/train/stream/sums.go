package stream

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

// Wants says which sums over nodes are asked for, beside Nodes, TwoM, Volumes and
// Sizes: those that are not stay 0.
type Wants struct {
	Products bool // Gram and Squares
	Spread   bool
}
