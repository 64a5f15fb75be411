package layers

import (
	"fmt"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Readout is a way to combine the features of a graph's nodes into one row.
type Readout string

// The readouts, each by column but for the gate of ReadoutWeighted. n is the
// number of nodes. A graph without nodes gives 0 unless said.
const (
	ReadoutSum      Readout = "sum"
	ReadoutMean     Readout = "mean"
	ReadoutMax      Readout = "max"                 // nodes that tie share the gradient
	ReadoutMin      Readout = "min"                 // nodes that tie share the gradient
	ReadoutMul      Readout = "mul"                 // the product; 1 for a graph without nodes
	ReadoutVar      Readout = "var"                 // the mean of the squared distances to the mean
	ReadoutStd      Readout = "std"                 // √var; 0, with gradient 0, where var is at most 1e-5
	ReadoutMedian   Readout = "median"              // of two the lower one
	ReadoutQuantile Readout = "quantile"            // a block of columns for each of Quantiles
	ReadoutSoftmax  Readout = "softmax"             // Σ_i softmax_i(t x_i) x_i
	ReadoutPower    Readout = "powermean"           // clamp(mean(clamp(x)^p))^(1/p); the mean where p is 1 and fixed
	ReadoutVPA      Readout = "variance_preserving" // sum/√n
	ReadoutWeighted Readout = "weight_and_sum"      // Σ_i sigmoid(x_i·W + b) x_i
)

// DegreeScaler multiplies readouts by a function of the number of nodes.
type DegreeScaler string

// The scalers, with l and L the averages over the training set of n and of log
// (n+1).
const (
	ScaleIdentity      DegreeScaler = "identity"       // 1
	ScaleAmplification DegreeScaler = "amplification"  // log(n+1)/L
	ScaleAttenuation   DegreeScaler = "attenuation"    // L/log(n+1)
	ScaleLinear        DegreeScaler = "linear"         // n/l
	ScaleInverseLinear DegreeScaler = "inverse_linear" // l/n
)

// GlobalPool makes one node of each graph, with one readout or several, whose
// columns are concatenated:
//
//	X' = (readout₁(X), readout₂(X), …), and this once for each of Scalers
//
// See Readout and DegreeScaler. The learned parameters start at T, P, AvgLinear
// and AvgLog.
//
// Modes, shapes and edges as GlobalSumPool, except for the columns: F for each
// readout, and F a quantile. Sparse features are made dense. Gradient: to X and
// to what is learned; minimum, maximum, median and quantiles to the nodes whose
// values they are. GlobalSumPool, GlobalAvgPool and GlobalMaxPool are its sum,
// mean and max by themselves, and keep sparse features sparse where they can;
// the attention pools and SortPool are readouts of their own. Source: Li et
// al., DeeperGCN, 2020, arXiv 2006.07739 (softmax, powermean); Corso et al.,
// Principal Neighbourhood Aggregation for Graph Nets, NeurIPS 2020, arXiv
// 2004.05718 (scalers); Schneckenreiter et al., GNN-VPA, 2024, arXiv
// 2403.04747. As PyG's aggregators, which give min^(1/p) as the powermean of a
// graph without nodes, and count the places of a nearest quantile from the
// start of the batch. weight_and_sum is DGL's.
type GlobalPool struct {
	Readouts []Readout // at least one

	Quantiles     []float64         // of ReadoutQuantile, each in 0 to 1
	Interpolation ops.Interpolation // between two nodes' values
	Fill          float64           // the quantiles of a graph without nodes

	T         float64 // t of ReadoutSoftmax
	LearnT    bool    // t is learned
	P         float64 // p of ReadoutPower
	LearnP    bool    // p is learned
	Min       float64 // the least value of ReadoutPower, above 0: what is below is raised to it
	Max       float64 // the largest value of ReadoutPower
	ByFeature bool    // t and p are learned for each feature by itself

	Scalers       []DegreeScaler // none: the readouts as they are
	AvgLinear     float64        // l of the scalers, above 0
	AvgLog        float64        // L of the scalers, above 0
	LearnAverages bool           // l and L are learned

	Learned   param.Spec // initialiser, regulariser and constraint of t, p, l and L; default: they start as said
	Trainable            // of the gate; the activity regulariser is that of X'
	made
}

// NewGlobalPool is a GlobalPool of these readouts: the quantile of ½, linear, t
// and p of 1 and fixed, values of powermean from 1e-7 to 100, no scaler.
func NewGlobalPool(readouts ...Readout) *GlobalPool {
	return &GlobalPool{
		Readouts: readouts, Quantiles: []float64{0.5}, Interpolation: ops.InterpolateLinear,
		T: 1, P: 1, Min: 1e-7, Max: 100, AvgLinear: 1, AvgLog: 1, made: byNew(),
	}
}

// Class implements Classed.
func (*GlobalPool) Class() string { return "globalpool" }

// Apply implements Layer.
func (p *GlobalPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(sc *param.Scope) *G.Node {
		ensure(p.check())
		ensure(p.noActivation())
		r := newReading(in)
		var blocks []*G.Node
		for _, readout := range p.Readouts {
			blocks = append(blocks, p.read(sc, r, readout))
		}
		return p.regularized(sc, p.scaled(sc, r, joined(blocks)))
	})
}

func (p *GlobalPool) check() error {
	if len(p.Readouts) == 0 {
		return unwanted("Readouts", p.Readouts, "at least one")
	}
	if slices.Contains(p.Readouts, ReadoutQuantile) && len(p.Quantiles) == 0 {
		return unwanted("Quantiles", p.Quantiles, "at least one for the readout quantile")
	}
	if slices.Contains(p.Readouts, ReadoutPower) && !(p.Min > 0 && p.Min <= p.Max) {
		return unwanted("Min", p.Min, fmt.Sprintf("above 0 and at most Max, %v", p.Max))
	}
	if len(p.Scalers) > 0 && !(p.AvgLinear > 0) {
		return unwanted("AvgLinear", p.AvgLinear, "above 0")
	}
	if len(p.Scalers) > 0 && !(p.AvgLog > 0) {
		return unwanted("AvgLog", p.AvgLog, "above 0")
	}
	return nil
}

// reading is the nodes of all graphs as rows, and their graphs.
type reading struct {
	x    *G.Node
	seg  ops.Segments
	n    *G.Node // the number of nodes of each graph
	some *G.Node // 1 for graphs with nodes, 0 for others
}

func newReading(in modes.Graph) reading {
	r := reading{seg: in.Segments(), n: must(in.Counts())}
	r.x = must(ops.Reshape(must(in.X.ToDense()), in.Rows(), in.X.Width()))
	r.some = must(ops.NonZero(r.n))
	return r
}

// width is the number of features.
func (r reading) width() int { return r.x.Shape()[1] }

// joined is blocks of columns side by side.
func joined(blocks []*G.Node) *G.Node {
	if len(blocks) == 1 {
		return blocks[0]
	}
	return must(ops.Concat(blocks...))
}

// read is one readout, Graphs×F.
func (p *GlobalPool) read(sc *param.Scope, r reading, readout Readout) *G.Node {
	switch readout {
	case ReadoutSum:
		return must(ops.SegmentSum(r.x, r.seg))
	case ReadoutMean:
		return must(ops.SegmentMean(r.x, r.seg))
	case ReadoutMax:
		return must(ops.SegmentMax(r.x, r.seg))
	case ReadoutMin:
		return must(ops.SegmentMin(r.x, r.seg))
	case ReadoutMul:
		return must(ops.SegmentProd(r.x, r.seg))
	case ReadoutVar:
		return variance(r.x, r.seg)
	case ReadoutStd:
		return deviation(r.x, r.seg)
	case ReadoutMedian:
		return must(ops.SegmentQuantileAt(r.x, r.seg, 0.5, ops.InterpolateLower))
	case ReadoutQuantile:
		return p.quantiles(r)
	case ReadoutSoftmax:
		return p.softmax(sc, r)
	case ReadoutPower:
		return p.powermean(sc, r)
	case ReadoutVPA:
		return must(ops.Divide(must(ops.SegmentSum(r.x, r.seg)), must(ops.Sqrt(r.n))))
	case ReadoutWeighted:
		gate := p.linear(sc, modes.Features{Dense: r.x}, 1, ops.Sigmoid)
		weights := must(ops.Reshape(gate, gate.Shape()[0]))
		return must(ops.SegmentSum(must(ops.RowScale(r.x, weights)), r.seg))
	}
	return must[*G.Node](nil, unwanted("Readouts", readout, "sum, mean, max, min, mul, var, std, median, quantile, softmax, powermean, variance_preserving or weight_and_sum"))
}

func (p *GlobalPool) quantiles(r reading) *G.Node {
	var blocks []*G.Node
	for _, q := range p.Quantiles {
		blocks = append(blocks, must(ops.SegmentQuantileAt(r.x, r.seg, q, p.Interpolation)))
	}
	y := joined(blocks)
	if p.Fill == 0 {
		return y
	}
	none := must(ops.Affine(r.some, -p.Fill, p.Fill)) // Fill for graphs without nodes
	all := must(ops.Full(y, 1, y.Shape()...))
	return must(G.Add(y, must(ops.RowScale(all, none))))
}

// exponent is a number for each feature: learned, or v.
func (p *GlobalPool) exponent(sc *param.Scope, r reading, name string, v float64, learned bool) *G.Node {
	if !learned {
		return must(ops.Full(r.x, v, r.width()))
	}
	if p.ByFeature {
		return must(sc.Param(name, param.Constant{Value: v}, p.Learned, r.width()))
	}
	return must(ops.Tile(must(sc.Param(name, param.Constant{Value: v}, p.Learned, 1)), r.width()))
}

func (p *GlobalPool) softmax(sc *param.Scope, r reading) *G.Node {
	t := p.exponent(sc, r, "t", p.T, p.LearnT)
	w := must(ops.SegmentSoftmax(must(ops.LastScale(r.x, t)), r.seg))
	return must(ops.ColDot(w, r.x, r.seg))
}

func (p *GlobalPool) powermean(sc *param.Scope, r reading) *G.Node {
	if p.P == 1 && !p.LearnP {
		return must(ops.SegmentMean(r.x, r.seg))
	}
	e := p.exponent(sc, r, "p", p.P, p.LearnP)
	clamp := func(x *G.Node) *G.Node { return must(ops.Clamp(x, p.Min, p.Max)) }
	mean := clamp(must(ops.SegmentMean(must(ops.Power(clamp(r.x), e)), r.seg)))
	y := must(ops.Power(mean, must(ops.Divide(must(ops.Full(e, 1, r.width())), e))))
	return must(ops.RowScale(y, r.some))
}

// scaled is y once for each scaler.
func (p *GlobalPool) scaled(sc *param.Scope, r reading, y *G.Node) *G.Node {
	if len(p.Scalers) == 0 {
		return y
	}
	linear, log := p.average(sc, r, "avg_deg_lin", p.AvgLinear), p.average(sc, r, "avg_deg_log", p.AvgLog)
	least := must(ops.Clamp(r.n, 1, math.Inf(1)))
	var blocks []*G.Node
	for _, s := range p.Scalers {
		var by *G.Node
		switch s {
		case ScaleIdentity:
			blocks = append(blocks, y)
			continue
		case ScaleAmplification:
			by = must(ops.Divide(must(ops.Log(must(ops.Affine(r.n, 1, 1)))), log))
		case ScaleAttenuation:
			by = must(ops.Divide(log, must(ops.Log(must(ops.Affine(least, 1, 1))))))
		case ScaleLinear:
			by = must(ops.Divide(r.n, linear))
		case ScaleInverseLinear:
			by = must(ops.Divide(linear, least))
		default:
			ensure(unwanted("Scalers", s, "identity, amplification, attenuation, linear or inverse_linear"))
		}
		blocks = append(blocks, must(ops.RowScale(y, by)))
	}
	return joined(blocks)
}

// average is a number for each graph: learned, or v.
func (p *GlobalPool) average(sc *param.Scope, r reading, name string, v float64) *G.Node {
	if !p.LearnAverages {
		return must(ops.Full(r.x, v, r.seg.Count))
	}
	return must(ops.Tile(must(sc.Param(name, param.Constant{Value: v}, p.Learned, 1)), r.seg.Count))
}
