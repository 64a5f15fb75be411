package cluster

import (
	"fmt"
	"math"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes/embed"
)

// Init is where the training starts.
type Init string

// The starts.
const (
	KMeans Init = "kmeans" // k-means of Z; of a Streamed, of the features that the encoder reads
	Random Init = "random" // the weights as they are drawn
)

// Refinement is what follows the training.
type Refinement string

// The refinements.
const (
	None       Refinement = "none"
	Moves      Refinement = "moves"      // refine.Moves
	MultiLevel Refinement = "multilevel" // refine.MultiLevel
)

// Connection is what becomes of clusters that fall into pieces.
type Connection string

// What may become of them.
const (
	AsTheyAre Connection = ""         // they are counted
	Split     Connection = "split"    // refine.Split: there may be more than K clusters then
	Reassign  Connection = "reassign" // refine.Reassign: whole components stay where they are
)

// AutoNeighbours stands for the weight of neighbours that suits a graph's size.
const AutoNeighbours = -1

const (
	autoShare = .1
	autoNodes = 100000 // beyond them there are no neighbours unless asked for
)

// Share is the weight of neighbours in a graph of so many nodes.
func (o Options) Share(nodes int) float64 {
	switch {
	case o.Neighbours != AutoNeighbours:
		return o.Neighbours
	case nodes > autoNodes:
		return 0
	}
	return autoShare
}

// Options of the recipe. [Defaults] sets them.
type Options struct {
	K      int    // clusters, at least 1, at most the nodes
	Method Method // the pooling layer and its losses
	Seed   uint64
	Dtype  tensor.Dtype // of the training, tensor.Float32 or tensor.Float64

	Features embed.Options // how Z is made; its seed is Seed
	Units    int           // of the hidden layer, at least 1; where Encoder is nil

	// Encoder, where set, makes the layers before the pooling layer, in place of
	// the hidden layer.
	Encoder func() []layers.Layer
	// Nodewise says that the layers of Encoder read no edges, as the hidden layer
	// does: then the start of a large graph is learned from some of its nodes.
	Nodewise bool
	// Weights are those of the method's losses, by name, in place of its own.
	Weights     map[string]float64
	Optimizer   Optimizer // "": Adam
	Schedule    Schedule  // of the rate; "": it stays
	WeightDecay float64   // of AdamW and SGD, at least 0

	// Solver, where set, makes the solver in place of Optimizer. Its trainings have
	// checkpoints if it is a *train.Adam.
	Solver func(rate float64) gorgonia.Solver
	// Training has the clipping, and a schedule of the rate in place of Schedule.
	Training train.Options

	Init       Init
	Labels     []int   // the start, where set: a cluster of each node, −1 for none known
	StartSteps int     // steps in which the model learns the start
	Order      Order   // of the nodes in memory while the model trains; "": as they are
	Epochs     int     // the most epochs of the training, at least 0
	Patience   int     // epochs without a fall of the loss that end the first half early; 0: none do
	Rate       float64 // the learning rate, above 0

	// Neighbours is how much the graph of nearest neighbours in Z counts beside
	// the adjacency in the training; see Task.Mix. 0: not at all; AutoNeighbours:
	// .1, and 0 where there are more than 100,000 nodes, whose training would
	// take half as long again for a little.
	Neighbours float64

	Refine    Refinement
	Connected Connection
	MinSize   int // clusters of fewer nodes join their neighbours at the end, by refine.Dissolve; 0: none do
	Restarts  int // runs of which the best is kept, at least 1

	// Progress, where set, is told of each phase and of each step. An error ends
	// the run and comes back from it.
	Progress func(Progress) error
}

// Progress is where a run stands.
type Progress struct {
	Restart int    // from 0
	Phase   Phase  // what is being done
	Step    int    // done, from 1; 0 at the beginning of a phase
	Steps   int    // of the phase at most; 0 where it has none
	Losses  []Loss // of the step
	Total   float64
}

// Phase is a part of the recipe.
type Phase string

// The phases.
const (
	PhaseFeatures Phase = "features"
	PhaseStart    Phase = "start"
	PhaseTraining Phase = "training"
	PhaseRefining Phase = "refining"
)

// Loss is the value of a loss before its weight.
type Loss struct {
	Name  string
	Value float64
}

// Defaults is the recipe for k clusters: DMoN, 64 hidden units, 30 steps on the
// clusters of k-means, 100 epochs at a rate of .01, one run.
func Defaults(k int) Options {
	m, _ := MethodByName("dmon")
	return Options{
		K: k, Method: m, Dtype: tensor.Float32, Features: embed.Defaults(), Units: 64,
		Init: KMeans, StartSteps: 30, Epochs: 150, Patience: 20, Rate: .01, Neighbours: AutoNeighbours, Refine: None, Restarts: 1,
	}
}

func (o Options) check(nodes int) error {
	switch {
	case o.K < 1 || o.K > nodes:
		return fmt.Errorf("cluster: K = %d, want 1 to %d, the number of nodes", o.K, nodes)
	case o.Method.Pool == nil:
		return fmt.Errorf("cluster: Method has no layer, want one of Methods")
	case o.Dtype != tensor.Float32 && o.Dtype != tensor.Float64:
		return fmt.Errorf("cluster: Dtype = %v, want float32 or float64", o.Dtype.Type) // the zero Dtype cannot be printed
	case o.Units < 1 && o.Encoder == nil:
		return fmt.Errorf("cluster: Units = %d, want at least 1", o.Units)
	case o.StartSteps < 0 || o.Epochs < 0 || o.Patience < 0:
		return fmt.Errorf("cluster: StartSteps, Epochs, Patience = %d, %d, %d, want at least 0", o.StartSteps, o.Epochs, o.Patience)
	case !(o.Neighbours >= 0) && o.Neighbours != AutoNeighbours || math.IsInf(o.Neighbours, 0):
		return fmt.Errorf("cluster: Neighbours = %v, want a number of at least 0, or %d for auto", o.Neighbours, AutoNeighbours)
	case !(o.Rate > 0) || math.IsInf(o.Rate, 0):
		return fmt.Errorf("cluster: Rate = %v, want a number above 0", o.Rate)
	case o.MinSize < 0:
		return fmt.Errorf("cluster: MinSize = %d, want at least 0", o.MinSize)
	case o.Restarts < 1:
		return fmt.Errorf("cluster: Restarts = %d, want at least 1", o.Restarts)
	}
	return o.checkChoices(nodes)
}

func (o Options) checkChoices(nodes int) error {
	if err := o.checkSolver(); err != nil {
		return err
	}
	switch o.Init {
	case KMeans, Random:
	default:
		return fmt.Errorf("cluster: Init = %q, want %s or %s", o.Init, KMeans, Random)
	}
	switch o.Refine {
	case None, Moves, MultiLevel:
	default:
		return fmt.Errorf("cluster: Refine = %q, want %s, %s or %s", o.Refine, None, Moves, MultiLevel)
	}
	switch o.Order {
	case "", AsGiven, ByClusters, CuthillMcKee:
	default:
		return fmt.Errorf("cluster: Order = %q, want %s, %s or %s", o.Order, AsGiven, ByClusters, CuthillMcKee)
	}
	switch o.Connected {
	case AsTheyAre, Split, Reassign:
	default:
		return fmt.Errorf("cluster: Connected = %q, want nothing, %s or %s", o.Connected, Split, Reassign)
	}
	if o.Labels != nil && len(o.Labels) != nodes {
		return fmt.Errorf("cluster: %d labels to start from, want %d, one a node", len(o.Labels), nodes)
	}
	for i, c := range o.Labels {
		if c < -1 || c >= o.K {
			return fmt.Errorf("cluster: label %d to start from is %d, want -1 to %d", i, c, o.K-1)
		}
	}
	return nil
}

func (o Options) tell(p Progress) error {
	if o.Progress == nil {
		return nil
	}
	return o.Progress(p)
}
