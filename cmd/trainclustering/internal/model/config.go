// Package model trains a graph neural network with a pooling loss on one graph:
// the methods, their configuration, and the training itself.
package model

import (
	"context"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
)

// The words of Config.
const (
	AnnealLinear = "linear" // the weight of Method.Fades falls to 0 over the second half
	AnnealNone   = "none"   // all weights stay
	Float32      = "float32"
	Float64      = "float64"

	FeaturesAuto    = "auto"    // made of what the graph has
	FeaturesWords   = "words"   // made, taken for counts or marks of words
	FeaturesNumbers = "numbers" // made, taken for numbers of any kind
	FeaturesRaw     = "raw"     // as they came; the neighbours of a node where there are none
)

// Config is all that a training depends on, besides the graph: the same graph
// and configuration give the same bits. Its fields are the flags of the
// command, in the same words.
type Config struct {
	Preset      string       // a name of Presets: where the other fields' defaults come from
	Method      string       // a name of Methods
	K           int          // number of clusters, 1 to the number of nodes
	Features    string       // FeaturesAuto, FeaturesWords, FeaturesNumbers or FeaturesRaw
	Hops        int          // steps of smoothing, embed.AutoHops or at least 0
	Neighbours  float64      // how much the nearest neighbours in the features count beside the edges; cluster.AutoNeighbours
	Init        string       // cluster.KMeans or cluster.Random
	Start       []int        // the clusters to start from, where they were given; −1: none known
	Hidden      []int        // widths of the encoder's layers, each at least 1
	Encoder     string       // a name of Encoders
	Dropout     float64      // in [0, 1)
	Order       string       // of the nodes in memory: cluster.AsGiven, cluster.ByClusters or cluster.CuthillMcKee
	Epochs      int          // the most, at least 1
	Patience    int          // epochs without a fall of the loss that end the first half; 0: none do
	LR          float64      // the learning rate, finite and above 0
	Optimizer   string       // cluster.Adam, cluster.AdamW or cluster.SGD
	Schedule    string       // of the rate: cluster.ConstantRate, cluster.Cosine, cluster.Plateau or cluster.WarmUpCosine
	WeightDecay float64      // of AdamW and SGD, at least 0; 0 for Adam
	ClipNorm    float64      // the longest gradient; 0: any
	LossWeights []LossWeight // those asked for, in place of the method's
	Anneal      string       // AnnealLinear or AnnealNone
	Refine      string       // cluster.None, cluster.Moves or cluster.MultiLevel
	Connected   string       // cluster.AsTheyAre, cluster.Split or cluster.Reassign
	MinSize     int          // clusters of fewer nodes are dissolved; 0: none
	Levels      []int        // of a hierarchy: clusters of each level, K first; nil: none
	Dtype       string       // Float32 or Float64
	Seed        uint64
}

// LossWeight says what a loss counts in the total.
type LossWeight struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// features are the options of how the features are made.
func (c Config) features() embed.Options {
	o := embed.Defaults()
	o.Hops, o.Seed = c.Hops, c.Seed
	switch c.Features {
	case FeaturesWords:
		o.Kind = embed.Word
	case FeaturesNumbers:
		o.Kind = embed.Number
	}
	return o
}

// options are those of the recipe that the configuration asks for.
func (c Config) options() (cluster.Options, error) {
	m, err := Lookup(c.Method)
	if err != nil {
		return cluster.Options{}, err
	}
	o := cluster.Defaults(c.K)
	if o.Method, err = m.of(c); err != nil {
		return o, err
	}
	if o.Encoder, err = c.encoder(); err != nil {
		return o, err
	}
	o.Nodewise = c.Encoder == mlp
	if c.Dtype == Float64 {
		o.Dtype = tensor.Float64
	}
	o.Seed, o.Features, o.Neighbours = c.Seed, c.features(), c.Neighbours
	o.Init, o.Labels = cluster.Init(c.Init), c.Start
	o.Order = cluster.Order(c.Order)
	o.Epochs, o.Patience, o.Rate = c.Epochs, c.Patience, c.LR
	o.Optimizer, o.Schedule, o.WeightDecay = cluster.Optimizer(c.Optimizer), cluster.Schedule(c.Schedule), c.WeightDecay
	o.Training.ClipNorm = c.ClipNorm
	o.Refine, o.Connected = cluster.Refinement(c.Refine), cluster.Connection(c.Connected)
	o.MinSize = c.MinSize
	o.Weights = map[string]float64{}
	for _, w := range c.LossWeights {
		o.Weights[w.Name] = w.Value
	}
	return o, nil
}

// Above is the levels of the hierarchy above clusters that the task was
// clustered into.
func (c Config) Above(ctx context.Context, t *cluster.Task, clusters []int) ([]cluster.Level, error) {
	if len(c.Levels) < 2 {
		return nil, nil
	}
	o, err := c.options()
	if err != nil {
		return nil, err
	}
	return t.Levels(ctx, clusters, c.Levels[1:], o)
}

// Share is how much the nearest neighbours count in a graph of so many nodes.
func (c Config) Share(nodes int) float64 {
	return cluster.Options{Neighbours: c.Neighbours}.Share(nodes)
}

// encoder makes the layers before the pooling layer.
func (c Config) encoder() (func() []layers.Layer, error) {
	e, err := lookupEncoder(c.Encoder)
	return func() []layers.Layer {
		var all []layers.Layer
		for _, units := range c.Hidden {
			all = append(all, e.layer(units))
		}
		return all
	}, err
}
