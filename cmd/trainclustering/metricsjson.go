package main

import (
	"encoding/json"
	"io"
	"math"

	"github.com/graphpool/graphpool/losses/metrics"
)

// figure is a number of metrics.json: null where it is not defined.
type figure float64

// MarshalJSON writes NaN and the infinities, which JSON lacks, as null.
func (f figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(f))
}

// metricsFile is metrics.json.
type metricsFile struct {
	Version     string            `json:"version"`
	Data        string            `json:"data"`
	Nodes       int               `json:"nodes"`
	Edges       int               `json:"edges"`
	Features    int               `json:"features"`
	Classes     *int              `json:"classes"`
	Weighted    bool              `json:"weighted"`
	Changes     []string          `json:"changes"`
	Preset      string            `json:"preset"`
	Method      string            `json:"method"`
	K           int               `json:"k"`
	Encoder     string            `json:"encoder"`
	Hidden      []int             `json:"hidden"`
	FeaturesAs  string            `json:"features_as"` // what they were taken for
	Hops        *int              `json:"hops"`        // null: features as they came
	Neighbours  float64           `json:"neighbours"`
	Init        string            `json:"init"`
	Epochs      int               `json:"epochs"` // done; at most those asked for
	EpochsAsked int               `json:"epochs_asked"`
	Stopped     bool              `json:"stopped"` // by an interrupt
	Patience    int               `json:"patience"`
	ClipNorm    float64           `json:"clip"`
	Refine      string            `json:"refine"`
	Connected   string            `json:"connected"`
	LR          float64           `json:"lr"`
	Dropout     float64           `json:"dropout"`
	Anneal      string            `json:"anneal"`
	LossWeights map[string]figure `json:"loss_weights"`
	Dtype       string            `json:"dtype"`
	Seed        uint64            `json:"seed"`
	Restarts    int               `json:"restarts"`
	BestRestart int               `json:"kept_restart"`
	BestSeed    uint64            `json:"kept_seed"`
	Totals      []figure          `json:"restart_losses"`
	Threads     int               `json:"threads"`

	Losses map[string]figure `json:"losses"`
	Loss   figure            `json:"loss"`
	scoresFile
	Disconnected    int          `json:"disconnected_clusters"`
	Agreement       figure       `json:"restart_agreement_nmi"`
	Trained         *scoresFile  `json:"before_refinement"`
	References      []scoresFile `json:"references"`
	Seconds         float64      `json:"seconds"`
	FeatureSeconds  float64      `json:"feature_seconds"`
	StartSeconds    float64      `json:"start_seconds"`
	TrainSeconds    float64      `json:"train_seconds"` // of the kept restart
	RefineSeconds   float64      `json:"refine_seconds"`
	SecondsPerEpoch figure       `json:"seconds_per_epoch"`
	PeakRSS         *int64       `json:"peak_rss_bytes"`
}

// scoresFile is what clusters are worth.
type scoresFile struct {
	Name              string `json:"name,omitempty"` // of a reference
	Clusters          int    `json:"clusters"`
	EffectiveClusters figure `json:"effective_clusters"`
	Modularity        figure `json:"modularity"`
	Conductance       figure `json:"conductance"`
	ConductanceMean   figure `json:"conductance_mean"`
	NMI               figure `json:"nmi"`
	ARI               figure `json:"ari"`
	Accuracy          figure `json:"accuracy"`
	F1                figure `json:"f1"`
}

func newScoresFile(name string, s metrics.Report) scoresFile {
	return scoresFile{
		Name: name, Clusters: s.UsedClusters, EffectiveClusters: figure(s.EffectiveClusters),
		Modularity: figure(s.Modularity), Conductance: figure(s.Conductance),
		ConductanceMean: figure(s.ConductanceMean), NMI: figure(s.NMI), ARI: figure(s.ARI),
		Accuracy: figure(s.Accuracy), F1: figure(s.PairF1),
	}
}

// writeMetrics writes metrics.json. The losses are those of the last epoch of
// the kept restart, before their weights; loss is the total.
func writeMetrics(w io.Writer, res *result) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(newMetricsFile(res))
}

func newMetricsFile(res *result) metricsFile {
	o := res.Options
	f := metricsFile{
		Version: res.Version, Data: res.Source,
		Nodes: res.Nodes, Edges: res.Edges, Features: res.Features,
		Weighted: res.Weighted, Changes: append([]string{}, res.Changes...),
		Preset: o.Preset, Method: o.Method, K: o.K, Encoder: o.Encoder, Hidden: o.Hidden,
		FeaturesAs: o.Features, Neighbours: o.Share(res.Nodes), Init: o.Init, Epochs: res.Best.Epochs, EpochsAsked: o.Epochs,
		Stopped: res.Best.Interrupted != "", Patience: o.Patience, ClipNorm: o.ClipNorm, Refine: o.Refine, Connected: o.Connected,
		LR: o.LR, Dropout: o.Dropout, Anneal: o.Anneal, Dtype: o.Dtype,
		LossWeights: map[string]figure{}, Losses: map[string]figure{},
		Seed: o.Seed, Restarts: o.Restarts, BestRestart: res.Best.Restart + 1,
		BestSeed: res.Best.Seed, Threads: o.Threads, Loss: figure(res.Best.History.total()),
		scoresFile: newScoresFile("", res.Scores), Disconnected: res.Disconnected, Agreement: figure(res.Agreement),
		References:     []scoresFile{},
		FeatureSeconds: res.Best.FeatureSeconds, StartSeconds: res.Best.StartSeconds,
		TrainSeconds: res.Best.TrainSeconds, RefineSeconds: res.RefineSeconds,
		Seconds: res.Seconds, SecondsPerEpoch: figure(res.SecondsPerEpoch),
	}
	if res.Made != nil {
		f.FeaturesAs, f.Hops = res.Made.Kind.String(), &res.Made.Hops
	}
	if res.Trained != nil {
		before := newScoresFile("", res.Trained.Scores)
		f.Trained = &before
	}
	for _, r := range res.References {
		f.References = append(f.References, newScoresFile(r.Name, r.Scores))
	}
	for _, l := range res.Best.Weights {
		f.LossWeights[l.Name] = figure(l.Value)
	}
	for i, name := range res.Best.History.Names {
		f.Losses[name] = figure(res.Best.History.last()[i])
	}
	for _, v := range res.Best.Totals {
		f.Totals = append(f.Totals, figure(v))
	}
	if res.Classes > 0 {
		f.Classes = &res.Classes
	}
	if res.PeakRSS > 0 {
		f.PeakRSS = &res.PeakRSS
	}
	return f
}
