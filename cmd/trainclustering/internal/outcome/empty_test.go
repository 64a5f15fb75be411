package outcome

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/losses/metrics"
)

// Clusters that stay empty after a random start are told, with flags that give
// another start and that the command takes.
func TestEmptyClustersAreTold(t *testing.T) {
	const said = "warning: 1 of the 5 clusters stayed empty after a random start; "
	for name, c := range map[string]struct {
		change func(*Result)
		want   string
	}{
		"in memory":             {func(*Result) {}, said + "--restarts 10 or --init kmeans may help"},
		"raw features":          {func(r *Result) { r.Options.Features = model.FeaturesRaw }, said + "--restarts 10 may help"},
		"a store":               {func(r *Result) { r.Stored, r.Options.Features = true, model.FeaturesRaw }, said + "--restarts 10 or --init kmeans may help"},
		"a store, 10 restarts":  {func(r *Result) { r.Stored, r.Options.Restarts = true, 10 }, said + "more --restarts or --init kmeans may help"},
		"one run":               {func(r *Result) { r.Stored, r.RunsOnce = true, true }, said + "another --seed may help"},
		"a start by k-means":    {func(r *Result) { r.Options.Init = "kmeans" }, ""},
		"a start from a file":   {func(r *Result) { r.Options.InitFile = "a.csv" }, ""},
		"k is an upper bound":   {func(r *Result) { r.Options.Method = "bnpool" }, ""},
		"none is empty":         {func(r *Result) { r.Scores.UsedClusters = 5 }, ""},
		"emptied by refinement": {func(r *Result) { r.Trained = &scored{Scores: metrics.Report{UsedClusters: 5}} }, ""},
		"empty before it too":   {func(r *Result) { r.Trained = &scored{Scores: metrics.Report{UsedClusters: 4}} }, said + "--restarts 10 or --init kmeans may help"},
		"filled by refinement": {func(r *Result) {
			r.Trained, r.Scores.UsedClusters = &scored{Scores: metrics.Report{UsedClusters: 4}}, 5
		}, ""},
	} {
		res := fakeResult()
		res.Options.Restarts, res.Options.Init, res.Trained = 1, "random", nil
		c.change(res)
		assert.Equal(t, c.want, emptyWarning(res), name)
		if c.want != "" {
			assert.Contains(t, Warnings(res), c.want, name)
		}
	}
	res := fakeResult()
	res.Options.Init, res.Scores.EffectiveClusters, res.Sizes = "random", 1.1, []int{99, 1, 0, 0, 0}
	assert.NotContains(t, Warning(res), "empty", "of a collapse other flags are told")
}
