package options

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// DefaultClusters is the number of clusters looked for in a graph of the user's
// where none is asked.
const DefaultClusters = 16

// SettleClusters sets k where none was asked, and checks it against the graph. auto
// tells whether the command can choose it.
func (o *Train) SettleClusters(nodes int, auto bool) error {
	if nodes == 0 {
		return failure.Failedf("%s has no nodes", o.Data)
	}
	if nodes > math.MaxInt32/2 {
		return failure.Failedf("%s has %d nodes, more than this program takes", o.Data, nodes)
	}
	if o.K > 0 {
		if o.K > nodes {
			or := ""
			if auto {
				or = ", or auto"
			}
			return failure.Usagef("--k = %d, want 1 to %d, the number of nodes%s", o.K, nodes, or)
		}
		return nil
	}
	o.K = DefaultClusters
	if o.KAuto {
		o.K = min(o.KRange[1], nodes) // the most there may be, for the estimate of memory
		return nil
	}
	if o.Data == "" {
		o.K = karate.Clusters
	}
	if o.K > nodes {
		hint := fmt.Sprintf("try --k %d", min(2, nodes))
		if auto && nodes > 2 {
			hint += ", or --k auto"
		}
		return failure.Usagef("--k is needed: its default %d is more than the graph's %s", o.K, text.Plural(nodes, "node")).
			WithHint("%s", hint)
	}
	return nil
}
