package outcome

import (
	"encoding/json"
	"io"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/inputs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/layers/cluster"
)

// ModelNote is what stands beside the model in its file.
type ModelNote struct {
	Program     string       `json:"program"`
	Version     string       `json:"version"`
	Commit      string       `json:"commit"`
	Data        string       `json:"data"`
	Method      string       `json:"method"`
	Seed        uint64       `json:"seed"`         // of the restart that was kept
	FeatureSeed uint64       `json:"feature_seed"` // of all restarts
	Restart     int          `json:"restart"`
	Config      model.Config `json:"config"`

	// Numbers are the numbers of the model's clusters, by --align; nil: from 0.
	Numbers []int `json:"cluster_numbers,omitempty"`

	// Inputs is what the model reads of a graph, with the names of it.
	Inputs inputs.Note `json:"inputs"`
}

// writeModel writes the kept restart's model, which gives the shares of the
// result's graph to the bit; refining comes after it.
func (out *output) writeModel(w io.Writer) error {
	res := out.res
	config := res.Options.Config
	config.Seed, config.Start = res.Best.Seed, nil
	note, err := json.Marshal(ModelNote{
		Program: "trainclustering", Version: res.Version, Commit: build.Commit(), Data: res.Source,
		Method: res.Options.Method, Seed: res.Best.Seed, FeatureSeed: res.Options.Seed, Restart: res.Best.Restart + 1, Config: config,
		Numbers: res.Numbers, Inputs: inputs.Of(out.graph, res.Best.Task, res.Options.Seed),
	})
	if err != nil {
		return err
	}
	trained := &cluster.Trained{
		Shares: res.Best.Shares, Clusters: res.Cluster, Store: res.Best.Store, Layers: res.Best.Layers,
	}
	if res.Best.Task == nil {
		return cluster.Model{K: res.Options.K, Store: trained.Store, Layers: trained.Layers, Propagated: res.Options.Hops}.Write(w, note)
	}
	return res.Best.Task.Model(trained).Write(w, note)
}
