package options

import (
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// ReadStart sets the clusters of --init FILE as the start of the training. k
// becomes their number where none was asked; nodes that the file lacks start
// without a cluster. It gives what is to be told of the file.
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
	count := slices.Max(append([]int{-1}, m.Cluster...)) + 1
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
	return append(f.Said, m.Said...), nil
}
