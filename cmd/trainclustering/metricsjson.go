package main

import (
	"encoding/json"
	"io"
	"math"
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
	Method      string            `json:"method"`
	K           int               `json:"k"`
	Encoder     string            `json:"encoder"`
	Hidden      []int             `json:"hidden"`
	Epochs      int               `json:"epochs"`
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

	Losses            map[string]figure `json:"losses"`
	Loss              figure            `json:"loss"`
	Clusters          int               `json:"clusters"`
	EffectiveClusters figure            `json:"effective_clusters"`
	Modularity        figure            `json:"modularity"`
	Conductance       figure            `json:"conductance"`
	ConductanceMean   figure            `json:"conductance_mean"`
	NMI               figure            `json:"nmi"`
	ARI               figure            `json:"ari"`
	Accuracy          figure            `json:"accuracy"`
	F1                figure            `json:"f1"`
	Seconds           float64           `json:"seconds"`
	SecondsPerEpoch   figure            `json:"seconds_per_epoch"`
	PeakRSS           *int64            `json:"peak_rss_bytes"`
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
	o, s := res.Options, res.Scores
	f := metricsFile{
		Version: res.Version, Data: res.Source,
		Nodes: res.Nodes, Edges: res.Edges, Features: res.Features,
		Weighted: res.Weighted, Changes: append([]string{}, res.Changes...),
		Method: o.Method, K: o.K, Encoder: o.Encoder, Hidden: o.Hidden, Epochs: o.Epochs,
		LR: o.LR, Dropout: o.Dropout, Anneal: o.Anneal, Dtype: o.Dtype,
		LossWeights: map[string]figure{}, Losses: map[string]figure{},
		Seed: o.Seed, Restarts: o.Restarts, BestRestart: res.Best.Restart + 1,
		BestSeed: res.Best.Seed, Threads: o.Threads, Loss: figure(res.Best.History.total()),
		Clusters: s.UsedClusters, EffectiveClusters: figure(s.EffectiveClusters),
		Modularity: figure(s.Modularity), Conductance: figure(s.Conductance),
		ConductanceMean: figure(s.ConductanceMean), NMI: figure(s.NMI), ARI: figure(s.ARI),
		Accuracy: figure(s.Accuracy), F1: figure(s.PairF1),
		Seconds: res.Seconds, SecondsPerEpoch: figure(res.SecondsPerEpoch),
	}
	for _, l := range o.LossWeights {
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
