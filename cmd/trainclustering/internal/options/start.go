package options

import (
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// ReadStart sets the clusters of --init FILE as the start of the training. k
// becomes their number where none was asked; nodes that the file lacks start
// without a cluster. Clusters whose numbers k does not reach, such as those of
// Infomap, which count from 1, are numbered anew. It gives what is to be told of
// the file.
func ReadStart(o *Train, g *graphfile.Graph) (told []string, err error) {
	if o.InitFile == "" {
		return nil, nil
	}
	f, err := assignment.Read(o.InitFile)
	if err != nil {
		return nil, failure.Failedf("--init: %w", err)
	}
	m, err := f.Match(g.Nodes, g.Names)
	if err != nil {
		return nil, failure.Failedf("--init: %w", err)
	}
	used := usedClusters(m.Cluster)
	count := len(used)
	switch {
	case count == 0:
		return nil, failure.Failedf("--init = %s has a cluster of none of the graph's nodes", text.Quote(o.InitFile))
	case o.K == 0 && !o.KAuto:
		o.K = count
	case o.KAuto || count > o.K:
		return nil, failure.Usagef("--init = %s has %s, want at most --k", text.Quote(o.InitFile), text.Plural(count, "cluster")).
			WithHint("without --k it is their number")
	}
	o.Start = m.Cluster
	told = append(f.Said, m.Said...)
	if last := used[count-1]; last >= o.K {
		for i, c := range o.Start {
			if c != assignment.None {
				o.Start[i], _ = slices.BinarySearch(used, c)
			}
		}
		told = append(told, fmt.Sprintf("its %s, of numbers up to %d, numbered from 0 in the same order", text.Plural(count, "cluster"), last))
	}
	return told, nil
}

// usedClusters is the numbers of the clusters that have a node, in order.
func usedClusters(clusters []int) []int {
	used := slices.Clone(clusters)
	slices.Sort(used)
	used = slices.Compact(used)
	if used[0] == assignment.None {
		used = used[1:]
	}
	return used
}
