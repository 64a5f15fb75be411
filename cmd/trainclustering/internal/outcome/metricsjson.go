package outcome

import (
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/losses/metrics"
)

type figure = metricsfile.Figure

// MetricsFile is metrics.json. The losses are those of the last epoch of the
// kept restart, before their weights; loss is the total.
func MetricsFile(res *Result) *metricsfile.File {
	f := &metricsfile.File{
		Format: metricsfile.Format, Version: res.Version, Commit: build.Commit(), Command: res.Command,
		Graph: metricsfile.Graph{
			Data: res.Source, Nodes: res.Nodes, Edges: res.Edges, Features: res.Features,
			Weighted: res.Weighted, Changes: append([]string{}, res.Changes...),
		},
		Training: trainingOf(res), Clustering: clusteringOf(res), Runs: runsOf(res),
		References: []metricsfile.Reference{}, Warnings: []string{},
		Complete: res.Best.Complete(), Stopped: res.Best.Interrupted != "",
		Seconds: res.Seconds, SecondsPerEpoch: figure(res.SecondsPerEpoch),
		FeatureSeconds: res.Best.FeatureSeconds, StartSeconds: res.Best.StartSeconds,
		TrainSeconds: res.Best.TrainSeconds, RefineSeconds: res.RefineSeconds,
	}
	for _, r := range res.References {
		f.References = append(f.References, referenceOf(r.Name, r.Scores))
	}
	f.Trained, f.Refinement = refinementOf(res)
	f.Warnings = append(f.Warnings, Warnings(res)...)
	f.Choice = choiceOf(res)
	f.Dissolved, f.Alignment, f.Levels = res.Dissolved, res.Alignment, levelsOf(res)
	if res.Classes > 0 {
		f.Classes = &res.Classes
	}
	f.Timing = res.Clock.Timing()
	if res.PeakRSS > 0 {
		f.PeakRSS = &res.PeakRSS
	}
	return f
}

// choiceOf is how k was chosen, nil where it was given.
func choiceOf(res *Result) *metricsfile.Choice {
	if res.TriedK == nil {
		return nil
	}
	c := &metricsfile.Choice{Criterion: "fewest clusters near the best silhouette, of those near the highest modularity"}
	for _, t := range res.TriedK {
		c.Tried = append(c.Tried, metricsfile.Candidate{K: t.K, Modularity: t.Modularity, Silhouette: t.Silhouette})
	}
	return c
}

func trainingOf(res *Result) metricsfile.Training {
	o := res.Options
	t := metricsfile.Training{
		Preset: o.Preset, Method: o.Method, K: o.K, Encoder: o.Encoder, Hidden: append([]int{}, o.Hidden...),
		FeaturesAs: o.Features, Neighbours: o.Share(res.Nodes), Init: o.Init,
		Epochs: res.Best.Epochs, EpochsAsked: o.Epochs, Patience: o.Patience, Clip: o.ClipNorm,
		Refine: o.Refine, Connected: o.Connected, MinSize: o.MinSize,
		LR: o.LR, Optimizer: o.Optimizer, Schedule: o.Schedule, WeightDecay: o.WeightDecay, Dropout: o.Dropout, Anneal: o.Anneal, Dtype: o.Dtype,
		Seed: o.Seed, FeatureSeed: o.Seed, Threads: o.Threads, Loss: figure(res.Best.History.Total()),
		LossWeights: map[string]figure{}, Losses: map[string]figure{},
	}
	if res.Made != nil {
		t.FeaturesAs, t.Hops = res.Made.Kind.String(), &res.Made.Hops
	}
	for _, l := range res.Best.Weights {
		t.LossWeights[l.Name] = figure(l.Value)
	}
	for i, name := range res.Best.History.Names {
		t.Losses[name] = figure(res.Best.History.Last()[i])
	}
	return t
}

func clusteringOf(res *Result) metricsfile.Clustering {
	s, m, nan := res.Scores, res.Measured, figure(math.NaN())
	c := metricsfile.Clustering{
		Clusters: s.UsedClusters, EffectiveClusters: figure(s.EffectiveClusters), DisconnectedClusters: res.Disconnected,
		Modularity: figure(s.Modularity), Coverage: figure(m.Coverage),
		Conductance: figure(s.Conductance), ConductanceMean: figure(s.ConductanceMean),
		NMI: figure(s.NMI), ARI: figure(s.ARI), Accuracy: figure(s.Accuracy), F1: figure(s.PairF1),
		AMI: nan, Homogeneity: nan, Completeness: nan, VariationOfInformation: nan,
		Parts: m.Parts,
	}
	if res.Classes > 0 {
		c.AMI, c.Homogeneity, c.Completeness = figure(m.Labels.AMI), figure(m.Labels.Homogeneity), figure(m.Labels.Completeness)
		c.VariationOfInformation = figure(m.Labels.VariationOfInformation)
	}
	return c
}

func runsOf(res *Result) metricsfile.Runs {
	o, best := res.Options, res.Best
	r := metricsfile.Runs{
		Restarts: o.Restarts, Finished: len(best.Totals) - len(best.Diverged), Diverged: len(best.Diverged), KeptRestart: best.Restart + 1, KeptSeed: best.Seed,
		Modularities: res.Measured.Modularities, Agreement: res.Measured.Agreement,
	}
	if best.StoppedIn > 0 {
		r.Finished--
	}
	for i, v := range best.Totals {
		r.Seeds, r.Totals = append(r.Seeds, RestartSeed(o.Seed, i)), append(r.Totals, figure(v))
	}
	return r
}

func referenceOf(name string, s metrics.Report) metricsfile.Reference {
	return metricsfile.Reference{
		Name: name, Runs: 1, Clusters: figure(s.UsedClusters), EffectiveClusters: figure(s.EffectiveClusters),
		Modularity: figure(s.Modularity), Conductance: figure(s.Conductance), ConductanceMean: figure(s.ConductanceMean),
		NMI: figure(s.NMI), ARI: figure(s.ARI), Accuracy: figure(s.Accuracy), F1: figure(s.PairF1),
	}
}

// refinementOf is what refining changed, nil where nothing was refined.
func refinementOf(res *Result) (*metricsfile.Scores, *metricsfile.Refinement) {
	if res.Trained == nil {
		return nil, nil
	}
	s := res.Trained.Scores
	before := &metricsfile.Scores{
		Clusters: s.UsedClusters, EffectiveClusters: figure(s.EffectiveClusters),
		Modularity: figure(s.Modularity), Conductance: figure(s.Conductance), ConductanceMean: figure(s.ConductanceMean),
		NMI: figure(s.NMI), ARI: figure(s.ARI), Accuracy: figure(s.Accuracy), F1: figure(s.PairF1),
	}
	return before, &metricsfile.Refinement{
		Moved: res.moved(), ModularityBefore: figure(s.Modularity), ModularityAfter: figure(res.Scores.Modularity),
		ClustersBefore: s.UsedClusters, ClustersAfter: res.Scores.UsedClusters, Kept: true,
	}
}
