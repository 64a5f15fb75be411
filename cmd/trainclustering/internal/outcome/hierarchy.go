package outcome

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// level is one level of the hierarchy with what it is worth.
type level struct {
	cluster.Level
	Used int
	NMI  float64 // NaN without labels
}

// stack clusters the clusters to the levels that were asked for. The finest
// level is the result's own clusters.
func (res *Result) stack(ctx context.Context, g *graphfile.Graph) error {
	if len(res.Options.Levels) == 0 {
		return nil
	}
	config := res.Options.Config
	config.Seed = res.Best.Seed
	above, err := config.Above(ctx, res.Best.Task, res.Cluster)
	if err != nil {
		return err
	}
	own := cluster.Level{K: res.Options.K, Clusters: res.Cluster, Modularity: res.Scores.Modularity}
	for _, l := range slices.Concat([]cluster.Level{own}, above) {
		one := level{Level: l, NMI: math.NaN()}
		if one.Used, err = metrics.UsedClusters(l.Clusters); err != nil {
			return err
		}
		if labels := view.Labels(g); labels != nil {
			if one.NMI, err = metrics.NMI(l.Clusters, labels); err != nil {
				return err
			}
		}
		res.Levels = append(res.Levels, one)
	}
	return nil
}

// levelsOf is the levels of metrics.json, nil without.
func levelsOf(res *Result) (out []metricsfile.Level) {
	for _, l := range res.Levels {
		out = append(out, metricsfile.Level{Asked: l.K, Clusters: l.Used, Modularity: figure(l.Modularity), NMI: figure(l.NMI)})
	}
	return out
}

// levelsLine says what the levels are worth.
func levelsLine(res *Result) string {
	var parts []string
	for _, l := range res.Levels {
		s := fmt.Sprintf("%s, modularity %s", text.Plural(l.Used, "cluster"), text.Score(l.Modularity))
		if l.Used < l.K {
			s = fmt.Sprintf("%s of %d asked for", s, l.K)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// hierarchy is the levels as their files have them; names are those of a table
// where safe.
func (out *output) hierarchy(safe bool) assignment.Hierarchy {
	res := out.res
	h := assignment.Hierarchy{Names: out.graph.Names, Flow: flow(out.graph), Header: tableHeader(res)}
	if safe {
		h.Names = safeNames(out.graph)
	}
	for _, l := range res.Levels {
		h.Levels, h.Modularity = append(h.Levels, l.Clusters), append(h.Modularity, l.Modularity)
	}
	return h
}

func (out *output) writeHierarchyTree(w io.Writer) error { return out.hierarchy(true).WriteTree(w) }

func (out *output) writeHierarchyJSON(w io.Writer) error { return out.hierarchy(false).WriteJSON(w) }
