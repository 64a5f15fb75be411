package outcome

import (
	"fmt"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/layers/cluster"
)

// enoughRestarts is what the warning of empty clusters advises. On a block model
// of 1,000 nodes in 4 clusters as a store, 3 of 8 seeds find all clusters with one
// training from a random start, 6 with 5 restarts and 8 with 10.
const enoughRestarts = 10

// emptyWarning says so where clusters stayed empty after a random start, which
// other weights may fill. A method that finds the number of clusters itself, and
// clusters that the refinement emptied, give none.
func emptyWarning(res *Result) string {
	o := res.Options
	used := res.Scores.UsedClusters
	if res.Trained != nil {
		used = max(used, res.Trained.Scores.UsedClusters)
	}
	empty := o.K - used
	if o.Init != string(cluster.Random) || o.InitFile != "" || o.MethodRow().UpTo || empty <= 0 {
		return ""
	}
	return fmt.Sprintf("warning: %d of the %d clusters stayed empty after a random start; %s may help", empty, o.K, otherStart(res))
}

// otherStart names the flags that give the training another start.
func otherStart(res *Result) string {
	restarts := fmt.Sprintf("--restarts %d", enoughRestarts)
	switch o := res.Options; {
	case res.RunsOnce:
		return "another --seed"
	case o.Restarts >= enoughRestarts:
		restarts = "more --restarts"
	}
	if !res.Stored && res.Options.Features == model.FeaturesRaw {
		return restarts
	}
	return restarts + " or --init kmeans"
}
