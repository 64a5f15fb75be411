package metrics

import "math"

// Agreement says how well two clusterings of the same nodes agree; each field is
// the result of the function of its name, NaN where undefined.
type Agreement struct {
	// Nodes counts the nodes that have a number in both.
	Nodes int

	NMI, AMI, ARI            float64
	Homogeneity              float64
	Completeness             float64
	VariationOfInformation   float64
	Accuracy, PairF1         float64
	ClustersOfA, ClustersOfB int
}

// Compare measures how well a and b agree, over the nodes that have a number in
// both. It errs where the lengths differ and on a number below −1.
func Compare(a, b []int) (Agreement, error) {
	t, err := newTable(a, b)
	if err != nil {
		return Agreement{}, err
	}
	return Agreement{
		Nodes: int(t.n), NMI: t.nmi(), AMI: t.ami(), ARI: t.ari(),
		Homogeneity: t.homogeneity(), Completeness: t.completeness(),
		VariationOfInformation: t.variation(), Accuracy: t.accuracy(), PairF1: t.pairF1(),
		ClustersOfA: len(t.rows), ClustersOfB: len(t.cols),
	}, nil
}

// Homogeneity returns how far each cluster holds nodes of one label only,
//
//	1 − H(L | C) / H(L) = I(C; L) / H(L),
//
// in [0, 1]; 1 where all nodes have one label, NaN where no node has both
// numbers. The harmonic mean of homogeneity and [Completeness], the V-measure,
// is [NMI]. It errs where the lengths differ.
//
// Source: A. Rosenberg, J. Hirschberg, "V-Measure: A conditional entropy-based
// external cluster evaluation measure", EMNLP 2007.
func Homogeneity(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.homogeneity(), nil
}

// Completeness returns how far each label's nodes are in one cluster,
//
//	1 − H(C | L) / H(C) = I(C; L) / H(C),
//
// which is [Homogeneity] with the two clusterings exchanged.
func Completeness(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.completeness(), nil
}

// VariationOfInformation returns
//
//	H(C | L) + H(L | C) = H(C) + H(L) − 2·I(C; L)
//
// in nats: a distance, 0 for clusterings that are equal up to names, at most
// log n. NaN where no node has both numbers. It errs where the lengths differ.
//
// Source: M. Meilă, "Comparing clusterings – an information based distance",
// Journal of Multivariate Analysis 98, 2007, doi:10.1016/j.jmva.2006.11.013.
func VariationOfInformation(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.variation(), nil
}

func (t table) homogeneity() float64  { return t.explained(t.cols) }
func (t table) completeness() float64 { return t.explained(t.rows) }

// explained is the share of the entropy of one side that the other explains.
func (t table) explained(sums []int64) float64 {
	if t.n == 0 {
		return math.NaN()
	}
	h := entropy(sums, t.n)
	if h == 0 {
		return 1
	}
	return min(max(t.information()/h, 0), 1)
}

func (t table) variation() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	return max(entropy(t.rows, t.n)+entropy(t.cols, t.n)-2*t.information(), 0)
}

// information is the mutual information I(C; L) in nats, at least 0.
func (t table) information() float64 {
	n := float64(t.n)
	var info float64
	for _, c := range t.cells {
		k := float64(c.count)
		info += k / n * math.Log(n/float64(t.rows[c.row])*k/float64(t.cols[c.col]))
	}
	return max(info, 0)
}
