package metrics

import "math"

// Report holds every metric of one clustering; each field is the result of the
// function of its name, NaN where undefined.
type Report struct {
	Modularity        float64
	Conductance       float64
	ConductanceMean   float64
	UsedClusters      int
	EffectiveClusters float64

	// NMI, ARI, Accuracy and PairF1 compare with the labels; without labels
	// they are NaN.
	NMI, ARI, Accuracy, PairF1 float64
}

// Evaluate measures clusters, one number per node of g, against the graph and,
// if labels is not nil, against labels. It reads the edges once. It returns the
// errors of the functions that it stands for.
func Evaluate(g Graph, clusters, labels []int) (Report, error) {
	s, err := newCuts(g, clusters)
	if err != nil {
		return Report{}, err
	}
	_, sizes, err := compact("clusters", clusters)
	if err != nil {
		return Report{}, err
	}
	return s.report(clusters, labels, sizes)
}

// report is the measures of clusters of these sizes, and with labels those too.
func (s cuts) report(clusters, labels []int, sizes []int64) (Report, error) {
	nan := math.NaN()
	r := Report{
		Modularity: s.modularity(), Conductance: s.conductance(), ConductanceMean: s.conductanceMean(),
		UsedClusters: len(sizes), EffectiveClusters: effective(sizes),
		NMI: nan, ARI: nan, Accuracy: nan, PairF1: nan,
	}
	if labels == nil {
		return r, nil
	}
	t, err := newTable(clusters, labels)
	if err != nil {
		return Report{}, err
	}
	r.NMI, r.ARI, r.Accuracy, r.PairF1 = t.nmi(), t.ari(), t.accuracy(), t.pairF1()
	return r, nil
}
