// Package model trains a graph neural network with a pooling loss on one graph:
// the methods, their configuration, and the training itself.
package model

import "github.com/graphpool/graphpool/modes/graphfile"

// The words of Config.
const (
	AnnealLinear = "linear" // the weight of Method.Anneals falls to 0 over the second half
	AnnealNone   = "none"   // all weights stay
	Float32      = "float32"
	Float64      = "float64"
)

// Config is all that a training depends on, besides the graph: the same graph
// and configuration give the same bits.
type Config struct {
	Method      string       // a name of Methods
	K           int          // number of clusters, 1 to the number of nodes
	Hidden      []int        // widths of the encoder's layers, each at least 1
	Encoder     string       // a name of Encoders
	Epochs      int          // at least 1
	LR          float64      // Adam's rate, finite and above 0
	Dropout     float64      // in [0, 1)
	LossWeights []LossWeight // one for each loss of the method, in a fixed order
	Anneal      string       // AnnealLinear or AnnealNone
	Dtype       string       // Float32 or Float64
	Seed        uint64
}

// LossWeight says what a loss counts in the total.
type LossWeight struct {
	Name  string
	Value float64
}

// NamedLoss is the value of one loss, before its weight.
type NamedLoss struct {
	Name  string
	Value float64
}

// EpochResult is what one epoch gave.
type EpochResult struct {
	Losses  []NamedLoss // in the same order at every epoch; the callee copies it
	Total   float64     // the weighted sum that was minimised
	Seconds float64     // wall clock of the training step alone
}

// EpochFunc is told of each epoch, counted from 1. An error stops the training
// and comes back from Train, wrapped or not.
type EpochFunc func(epoch int, r EpochResult) error

// Trainer trains once and returns the soft assignments, row by row:
// nodes × K numbers of which each row sums to 1.
type Trainer func(g *graphfile.Graph, cfg Config, onEpoch EpochFunc) ([]float32, error)

// Default is the configuration where nothing else is asked: the first method
// with its own weights. K is left to the caller, who knows the graph.
func Default() Config {
	first := Methods()[0]
	return Config{
		Method: first.Name, LossWeights: first.Losses, Encoder: EncoderNames()[0],
		Hidden: []int{64}, Epochs: 1000, LR: 0.001, Anneal: AnnealLinear, Dtype: Float32,
	}
}
