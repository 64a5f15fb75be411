package outcome

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/losses/metrics"
)

// align gives the clusters the numbers that they have in the earlier file.
func (res *Result) align() error {
	e := res.Options.Earlier
	if e == nil {
		return nil
	}
	k := max(res.Options.K, slices.Max(res.Cluster)+1)
	a, err := metrics.Align(res.Cluster, e.Cluster, k, e.Next)
	if err != nil {
		return err
	}
	used, err := metrics.UsedClusters(res.Cluster)
	if err != nil {
		return err
	}
	res.Cluster = a.Of(res.Cluster)
	if res.Trained != nil {
		res.Trained.Cluster = a.Of(res.Trained.Cluster)
	}
	res.Numbers = a.IDs[:res.Options.K]
	res.Alignment = &metricsfile.Alignment{
		File: res.Options.AlignFile, Nodes: a.Common, Agree: a.Agree, Matched: a.Matched, New: used - a.Matched,
		Numbers: res.Numbers,
	}
	return nil
}

// alignLine says how many nodes keep their cluster.
func alignLine(res *Result) string {
	a := res.Alignment
	s := fmt.Sprintf("%s of %s have the cluster that they have in %s", text.Grouped(a.Agree), text.Plural(a.Nodes, "node"), text.ShortName(a.File))
	if a.New > 0 {
		s += fmt.Sprintf("; %s new", text.Plural(a.New, "cluster"))
	}
	return s
}

// Renumber gives clusters of a model their numbers, nil for those from 0; what
// was split off behind the model's gets numbers behind all.
func Renumber(clusters, numbers []int) []int {
	if numbers == nil {
		return clusters
	}
	next := slices.Max(numbers) + 1
	out := make([]int, len(clusters))
	for i, c := range clusters {
		if c < len(numbers) {
			out[i] = numbers[c]
		} else {
			out[i] = next + c - len(numbers)
		}
	}
	return out
}

// shares is the soft assignment for a file, its columns in the order of the
// clusters' numbers.
func (res *Result) shares() []float32 {
	if res.Numbers == nil {
		return res.Best.Shares
	}
	k := res.Options.K
	order := make([]int, k)
	for c := range order {
		order[c] = c
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(res.Numbers[a], res.Numbers[b]) })
	out := make([]float32, 0, len(res.Best.Shares))
	for row := range slices.Chunk(res.Best.Shares, k) {
		for _, c := range order {
			out = append(out, row[c])
		}
	}
	return out
}
