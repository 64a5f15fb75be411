package losses_test

import (
	"math"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// loss is one row of the table that every test of all losses runs through.
type loss struct {
	loss    string // its name
	variant string // what follows the name, where the row is not of the defaults
	needA   bool
	build   func(s *G.Node, g modes.Graph) (*G.Node, error)
	// of is the loss of one graph with nodes by the definition, on a dense A
	// with N×N loops.
	of func(x signal, k int) float64
	// lo and hi are proved bounds for rows of S that sum to 1 and a symmetric A
	// without negative weights.
	lo, hi func(x signal, k int) float64
	// whole marks losses that are not the mean of those of the graphs.
	whole bool
	// countsEntries marks losses that count the entries of A that are not zero,
	// or have no derivative where one comes to be.
	countsEntries bool
	// constantA marks losses that need A but have no gradient to it.
	constantA bool
}

// gradA tells whether the loss has a gradient to A.
func (l loss) gradA() bool { return l.needA && !l.constantA }

func (l loss) name() string { return l.loss + l.variant }

func constant(v float64) func(signal, int) float64 { return func(signal, int) float64 { return v } }

// table is every loss, in each variant.
func table() []loss {
	link := func(o losses.LinkOptions) func(*G.Node, modes.Graph) (*G.Node, error) {
		return func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.LinkPrediction(s, g, o) }
	}
	perEntry := func(x signal, k int) float64 { return distance(x, k) / float64(x.n*x.n) }
	others := slices.Concat(cheegerRows(), higherOrderRows(), mapEquationRows(), []loss{reconstructionRow()})
	return append(others, []loss{
		{
			loss: losses.NameCut, needA: true, build: losses.MinCut, of: cut,
			lo: constant(-1), hi: constant(0),
		},
		{
			loss: losses.NameMaxCut, needA: true, build: losses.MaxCut, of: maxCut,
			lo: constant(0), hi: constant(1), // S has no values below 0
		},
		{
			loss: losses.NameOrthogonality, build: losses.Orthogonality, of: orthogonality,
			lo: constant(0), hi: func(_ signal, k int) float64 { return math.Sqrt(2 - 2/math.Sqrt(float64(k))) },
		},
		{
			loss: losses.NameModularity, needA: true, of: func(x signal, k int) float64 { return modularity(x, k, sum(x.w)) },
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Modularity(s, g, losses.TwoM) },
			lo:    constant(-1), hi: constant(.5),
		},
		{
			loss: losses.NameModularity, variant: " by stored entries", needA: true, countsEntries: true,
			of:    func(x signal, k int) float64 { return modularity(x, k, 2*float64(len(x.w))) },
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Modularity(s, g, losses.TwiceStored) },
			lo:    constant(math.Inf(-1)), hi: constant(math.Inf(1)),
		},
		{
			loss: losses.NameCluster, of: func(x signal, k int) float64 { return cluster(x, k, x.n) },
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Cluster(s, g, losses.CountNodes) },
			lo:    constant(0), hi: func(_ signal, k int) float64 { return math.Sqrt(float64(k)) - 1 },
		},
		{
			loss: losses.NameCluster, variant: " by padded rows", whole: true,
			of:    func(x signal, k int) float64 { return cluster(x, k, x.n) },
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Cluster(s, g, losses.CountRows) },
			lo:    constant(0), hi: func(_ signal, k int) float64 { return math.Sqrt(float64(k)) - 1 },
		},
		balanceRow(),
		{
			loss: losses.NameLink, needA: true, build: link(losses.LinkOptions{}), of: distance,
			lo: constant(0), hi: constant(math.Inf(1)),
		},
		{
			loss: losses.NameLink, variant: ", one norm", needA: true, whole: true, build: link(losses.LinkOptions{WholeBatch: true}), of: distance,
			lo: constant(0), hi: constant(math.Inf(1)),
		},
		{
			loss: losses.NameLink, variant: " by entries", needA: true, whole: true, build: link(losses.LinkOptions{PerEntry: true}), of: perEntry,
			lo: constant(0), hi: constant(math.Inf(1)),
		},
		{
			loss: losses.NameLink, variant: " by pairs", needA: true, build: link(losses.LinkOptions{PerPair: true}), of: perEntry,
			lo: constant(0), hi: constant(math.Inf(1)),
		},
		{
			loss: losses.NameLink, variant: ", one norm by entries", needA: true, whole: true, of: perEntry,
			build: link(losses.LinkOptions{WholeBatch: true, PerEntry: true}),
			lo:    constant(0), hi: constant(math.Inf(1)),
		},
		{
			loss: losses.NameEntropy, of: entropy,
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Entropy(s, g, 0, losses.CountNodes) },
			lo:    constant(0), hi: func(_ signal, k int) float64 { return math.Log(float64(k)) },
		},
		{
			loss: losses.NameEntropy, variant: " by padded rows", whole: true, of: entropy,
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Entropy(s, g, 0, losses.CountRows) },
			lo:    constant(0), hi: func(_ signal, k int) float64 { return math.Log(float64(k)) },
		},
	}...)
}

func sum(x []float64) (s float64) {
	for _, v := range x {
		s += v
	}
	return s
}

// pair is ⟨S_i, S_j⟩.
func (x signal) pair(k, i, j int) (p float64) {
	for c := range k {
		p += x.s[i*k+c] * x.s[j*k+c]
	}
	return p
}

func (x signal) degrees() []float64 {
	d := make([]float64, x.n)
	for e, w := range x.w {
		d[x.row[e]] += w
	}
	return d
}

func cut(x signal, k int) float64 {
	t, v := 0., 0.
	for e, w := range x.w {
		t += w * x.pair(k, x.row[e], x.col[e])
	}
	for i, d := range x.degrees() {
		v += d * x.pair(k, i, i)
	}
	if v == 0 {
		return 0
	}
	return -t / v
}

// maxCut is Σ a_ij S_i·S_j / Σ a_ij.
func maxCut(x signal, k int) float64 {
	t, v := 0., 0.
	for e, w := range x.w {
		t, v = t+w*x.pair(k, x.row[e], x.col[e]), v+w
	}
	if v == 0 {
		return 0
	}
	return t / v
}

// modularity is −Tr(SᵀBS)/m with B = A − ddᵀ/m.
func modularity(x signal, k int, m float64) float64 {
	a, d := x.dense(), x.degrees()
	if m == 0 {
		return 0
	}
	q := 0.
	for i := range x.n {
		for j := range x.n {
			q += (a[i*x.n+j] - d[i]*d[j]/m) * x.pair(k, i, j)
		}
	}
	return -q / m
}

func gram(x signal, k int) []float64 {
	g := make([]float64, k*k)
	for i := range x.n {
		for a := range k {
			for b := range k {
				g[a*k+b] += x.s[i*k+a] * x.s[i*k+b]
			}
		}
	}
	return g
}

func norm(x []float64) (n float64) {
	for _, v := range x {
		n = math.Hypot(n, v)
	}
	return n
}

func orthogonality(x signal, k int) float64 {
	g := gram(x, k)
	n := norm(g)
	for i := range g {
		g[i] /= n
		if i%(k+1) == 0 {
			g[i] -= 1 / math.Sqrt(float64(k))
		}
	}
	return norm(g)
}

func cluster(x signal, k, n int) float64 {
	sizes := make([]float64, k)
	for i, v := range x.s {
		sizes[i%k] += v
	}
	return math.Sqrt(float64(k))/float64(n)*norm(sizes) - 1
}

// distance is ‖A − SSᵀ‖_F, entry by entry.
func distance(x signal, k int) float64 {
	a := x.dense()
	for i := range x.n {
		for j := range x.n {
			a[i*x.n+j] -= x.pair(k, i, j)
		}
	}
	return norm(a)
}

func entropy(x signal, k int) (h float64) {
	for _, v := range x.s {
		if v > 0 {
			h -= v * math.Log(v)
		}
	}
	return h / float64(x.n)
}
