package outcome

import (
	"fmt"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
)

// dissolve joins small clusters to their neighbours where that is asked.
func (res *Result) dissolve() error {
	least := res.Options.MinSize
	if least < 2 {
		return nil
	}
	before, err := metrics.UsedClusters(res.Cluster)
	if err != nil {
		return err
	}
	if res.Cluster, err = refine.Dissolve(res.Best.Task.Graph, res.Cluster, least); err != nil {
		return err
	}
	size := map[int]int{}
	for _, c := range res.Cluster {
		size[c]++
	}
	res.Dissolved = &metricsfile.Dissolved{Clusters: before - len(size)}
	for _, n := range size {
		if n < least {
			res.Dissolved.Left++
		}
	}
	return nil
}

// dissolvedLine says what became of small clusters.
func dissolvedLine(res *Result) string {
	d := res.Dissolved
	s := fmt.Sprintf("%s of fewer than %s joined the one next to it", text.Plural(d.Clusters, "cluster"), text.Plural(res.Options.MinSize, "node"))
	switch {
	case d.Clusters == 0 && d.Left == 0:
		s = fmt.Sprintf("no cluster has fewer than %s", text.Plural(res.Options.MinSize, "node"))
	case d.Clusters == 0:
		s = fmt.Sprintf("no cluster of fewer than %s has one next to it", text.Plural(res.Options.MinSize, "node"))
	case d.Clusters > 1:
		s = fmt.Sprintf("%s of fewer than %s joined those next to them", text.Plural(d.Clusters, "cluster"), text.Plural(res.Options.MinSize, "node"))
	}
	if d.Left > 0 {
		s += fmt.Sprintf("; %d left, since no edge leaves them", d.Left)
	}
	return s
}
