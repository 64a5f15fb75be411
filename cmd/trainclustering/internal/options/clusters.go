package options

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
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
		return o.CheckLeast(o.Method)
	}
	o.K = DefaultClusters
	if o.KAuto {
		if o.KRange[0] > nodes && nodes > 1 { // a graph of one node has one cluster, whatever the range
			return failure.Usagef("--k-range = %d-%d, want it to begin at %d or below, the number of nodes", o.KRange[0], o.KRange[1], nodes)
		}
		o.K = min(o.KRange[1], nodes) // the most there may be, for the estimate of memory
		return o.CheckLeast(o.Method)
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

// CheckLeast refuses fewer clusters than a method can train, wherever they are
// asked for. It is called before the first training: a method that fails at the
// end would take the results of the others with it.
func (o *Train) CheckLeast(method string) error {
	m, err := model.Lookup(method)
	if err != nil {
		return failure.Usagef("%w", err)
	}
	asked, k := "--k", o.K
	if o.KAuto {
		asked, k = "--k-range", o.KRange[0]
		if o.K < k {
			asked, k = "--k auto, of a graph of so few nodes,", o.K
		}
	}
	if k >= m.Least && len(o.Levels) > 0 {
		asked, k = "--levels", o.Levels[len(o.Levels)-1]
	}
	if k < m.Least {
		return failure.Usagef("%s asks for %s, want %d or more with the method %s", asked, text.Plural(k, "cluster"), m.Least, m.Name)
	}
	return nil
}
