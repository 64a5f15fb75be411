// Package judge measures clusters that come from a file, ours or another
// program's, on a graph and against each other.
package judge

import (
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/losses/metrics"
)

// Read reads the file of assignments at path. level is that of a tree, 1 for
// the top and −1 for the lowest of each node; other kinds have none.
func Read(path string, level int) (*assignment.File, error) {
	f, err := assignment.Read(path)
	if err != nil {
		return nil, err
	}
	return f, f.AtLevel(level)
}

// Graph measures clusters on a graph and, where labels is not nil, against
// them. Nodes without a cluster are left out.
func Graph(g metrics.Graph, clusters, labels []int) (metricsfile.Clustering, error) {
	var c metricsfile.Clustering
	r, err := metrics.Evaluate(g, clusters, nil)
	if err != nil {
		return c, err
	}
	coverage, err := metrics.Coverage(g, clusters)
	if err != nil {
		return c, err
	}
	c.Clusters, c.EffectiveClusters = r.UsedClusters, metricsfile.Figure(r.EffectiveClusters)
	c.Modularity, c.Coverage = metricsfile.Figure(r.Modularity), metricsfile.Figure(coverage)
	c.Conductance, c.ConductanceMean = metricsfile.Figure(r.Conductance), metricsfile.Figure(r.ConductanceMean)
	if c.Parts, c.DisconnectedClusters, err = metricsfile.NewParts(g, clusters); err != nil {
		return c, err
	}
	if labels == nil { // then nothing about them is defined
		labels = slices.Repeat([]int{metrics.Unassigned}, len(clusters))
	}
	a, err := metrics.Compare(clusters, labels)
	if err != nil {
		return c, err
	}
	c.NMI, c.AMI, c.ARI = metricsfile.Figure(a.NMI), metricsfile.Figure(a.AMI), metricsfile.Figure(a.ARI)
	c.Homogeneity, c.Completeness = metricsfile.Figure(a.Homogeneity), metricsfile.Figure(a.Completeness)
	c.VariationOfInformation = metricsfile.Figure(a.VariationOfInformation)
	c.Accuracy, c.F1 = metricsfile.Figure(a.Accuracy), metricsfile.Figure(a.PairF1)
	return c, nil
}

// Agreement is how well two clusterings of the same nodes agree, undefined
// figures null.
type Agreement struct {
	Nodes                  int                `json:"nodes"` // that both have
	ClustersOfA            int                `json:"clusters_of_first"`
	ClustersOfB            int                `json:"clusters_of_second"`
	NMI                    metricsfile.Figure `json:"nmi"`
	AMI                    metricsfile.Figure `json:"ami"`
	ARI                    metricsfile.Figure `json:"ari"`
	Homogeneity            metricsfile.Figure `json:"homogeneity"`
	Completeness           metricsfile.Figure `json:"completeness"`
	VariationOfInformation metricsfile.Figure `json:"variation_of_information"`
	Accuracy               metricsfile.Figure `json:"accuracy"`
	F1                     metricsfile.Figure `json:"f1"`
}

// Compare measures how well a and b agree, over the nodes that both have.
func Compare(a, b []int) (Agreement, error) {
	m, err := metrics.Compare(a, b)
	return Agreement{
		Nodes: m.Nodes, ClustersOfA: m.ClustersOfA, ClustersOfB: m.ClustersOfB,
		NMI: metricsfile.Figure(m.NMI), AMI: metricsfile.Figure(m.AMI), ARI: metricsfile.Figure(m.ARI),
		Homogeneity: metricsfile.Figure(m.Homogeneity), Completeness: metricsfile.Figure(m.Completeness),
		VariationOfInformation: metricsfile.Figure(m.VariationOfInformation),
		Accuracy:               metricsfile.Figure(m.Accuracy), F1: metricsfile.Figure(m.PairF1),
	}, err
}

// Pair brings two files into one order of nodes without a graph: that of the
// first, whose nodes the second names or, where one of them is a plain list,
// numbers.
func Pair(first, second *assignment.File) (a, b *assignment.Matched, err error) {
	var names []string
	if !first.Listed() && !second.Listed() {
		names = first.Names()
	}
	if a, err = first.Match(len(first.Rows), names); err != nil {
		return nil, nil, err
	}
	b, err = second.Match(len(first.Rows), names)
	return a, b, err
}
