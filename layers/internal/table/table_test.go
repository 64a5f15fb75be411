package table_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/internal/source"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// layersDir is the folder of the package.
var layersDir = filepath.Join("..", "..")

// tableRow is one layer in the table that every layer is in. The tests of the
// table_ files drive each row through the same demands, and docs/layers.md is
// generated from it.
type tableRow struct {
	layers  []layers.Layer        // as most use it, then with other options
	without map[modes.Mode]string // modes without a meaning, and what the error says to use
	noA     bool                  // the adjacency is not read
	counts  bool                  // some of the layers count the entries of A that are not 0
	paper   string                // authors, year, and where it is

	// inTurn is nodes whose order counts, as of equal ones the first is taken: other
	// orders of the nodes keep it. nil: none does.
	inTurn func(r *tableRun) []int
	// signs tells that the order of the nodes counts for the signs of X' alone.
	signs bool
	// byA is what has derivatives by A, where some of the output is a constant of
	// A by definition. nil: all has.
	byA func(r *tableRun) G.Nodes
}

// table is every layer. A new layer is one row here.
func table() []tableRow {
	l2 := param.Spec{Regularizer: param.L2{Factor: 0.01}}
	return []tableRow{
		{
			layers: []layers.Layer{layers.NewDense(2), layertest.Literal(&layers.Dense{Units: 2, Activation: ops.ELU, Trainable: layers.Trainable{NoBias: true}})},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewMLP(3, 2), layertest.Literal(&layers.MLP{Hidden: []int{3, 2}, Units: 2, Activation: ops.Tanh, Trainable: layers.Trainable{Kernel: l2}})},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewGCNConv(2), layertest.Literal(&layers.GCNConv{Units: 2, Activation: ops.ELU, Normalization: modes.Normalization{Kind: modes.RandomWalk}})},
			counts: true, // whether a degree is above 0
			paper:  "Kipf, Welling 2017, arXiv 1609.02907",
		},
		{
			layers: []layers.Layer{layers.NewGCNSkipConv(2)},
			paper:  "Tsitsulin et al. 2023, arXiv 2006.16904",
		},
		{
			layers: []layers.Layer{layers.NewGraphConv(2), layertest.Literal(&layers.GraphConv{Units: 2, NoRoot: true, Activation: ops.Sigmoid, Neighbours: layers.Neighbours{Aggregation: layers.WeightedMean, ToColumns: true}}), layertest.Literal(&layers.GraphConv{Units: 2, Neighbours: layers.Neighbours{Aggregation: layers.Min}})},
			counts: true, // edges, of which it takes the smallest
			paper:  "Morris et al. 2019, arXiv 1810.02244",
		},
		{
			layers: []layers.Layer{layers.NewSAGEConv(2), layertest.Literal(&layers.SAGEConv{GraphConv: layers.GraphConv{Units: 2, Neighbours: layers.Neighbours{Aggregation: layers.Mean}}, Normalize: true}), layertest.Literal(&layers.SAGEConv{GraphConv: layers.GraphConv{Units: 2, Neighbours: layers.Neighbours{Aggregation: layers.Max, Unweighted: true, ToColumns: true}}, Project: true}), layertest.Literal(&layers.SAGEConv{GraphConv: layers.GraphConv{Units: 2, Neighbours: layers.Neighbours{Aggregation: layers.Std}}})},
			counts: true,
			paper:  "Hamilton, Ying, Leskovec 2017, arXiv 1706.02216",
		},
		{
			layers: []layers.Layer{layers.NewGINConv(3, 2), layertest.Literal(&layers.GINConv{Units: 2, TrainEps: true, Eps: 0.25, Activation: ops.Tanh})},
			paper:  "Xu et al. 2019, arXiv 1810.00826",
		},
		{
			layers: []layers.Layer{tableGINE(), layertest.Literal(&layers.GINEConv{Hidden: []int{3}, Units: 2, HiddenActivation: ops.Tanh, TrainEps: true, Eps: 0.5, ToColumns: true, Activation: ops.ELU})},
			counts: true,
			paper:  "Hu et al. 2020, arXiv 1905.12265",
		},
		{
			layers: append([]layers.Layer{layers.NewGATConv(2, 1)}, tableAttentions(func(a layers.Attention) layers.Layer {
				return layertest.Literal(&layers.GATConv{Attention: a, Activation: ops.Tanh})
			})...),
			counts: true,
			paper:  "Veličković et al. 2018, arXiv 1710.10903",
		},
		{
			layers: append([]layers.Layer{layers.NewGATv2Conv(2, 1)}, tableAttentions(func(a layers.Attention) layers.Layer {
				return layertest.Literal(&layers.GATv2Conv{Attention: a, Share: a.Average})
			})...),
			counts: true,
			paper:  "Brody, Alon, Yahav 2022, arXiv 2105.14491",
		},
		{
			layers: []layers.Layer{layers.NewLEConv(2), layertest.Literal(&layers.LEConv{Units: 2, Activation: ops.Tanh, ToColumns: true})},
			paper:  "Ranjan, Sanyal, Talukdar 2020, arXiv 1911.07979",
		},
		{
			layers: []layers.Layer{layers.NewChebConv(2, 3), layertest.Literal(&layers.ChebConv{Units: 2, K: 4, Laplacian: modes.Unnormalized, ToColumns: true}), layertest.Literal(&layers.ChebConv{Units: 2, K: 2, Laplacian: modes.RandomWalk, Lambda: 1.5, Activation: ops.ELU})},
			counts: true, // whether a degree is above 0
			paper:  "Defferrard, Bresson, Vandergheynst 2016, arXiv 1606.09375",
		},
		{
			layers: []layers.Layer{layers.NewARMAConv(2), layertest.Literal(&layers.ARMAConv{Units: 2, Stacks: 2, Layers: 3, Activation: ops.Tanh, ToColumns: true}), layertest.Literal(&layers.ARMAConv{Units: 2, Stacks: 1, Layers: 3, Shared: true})},
			counts: true, // whether a degree is above 0
			paper:  "Bianchi, Grattarola, Livi, Alippi 2021, arXiv 1901.01343",
		},
		{
			layers: []layers.Layer{layers.NewTAGConv(2), layertest.Literal(&layers.TAGConv{Units: 2, K: 2, ToColumns: true, Normalization: modes.Normalization{Kind: modes.Unnormalized}})},
			counts: true, // whether a degree is above 0
			paper:  "Du et al. 2017, arXiv 1710.10370",
		},
		{
			layers: []layers.Layer{layers.NewPANConv(2, 2), layertest.Literal(&layers.PANConv{Units: 2, L: 3, ToColumns: true, Activation: ops.Tanh}), layers.NewPANConv(2, 0)},
			counts: true, // places
			paper:  "Ma et al. 2020, arXiv 2006.16811",
		},
		{
			layers: []layers.Layer{layers.NewGTVConv(2), layertest.Literal(&layers.GTVConv{Units: 2, Delta: 0.3, Eps: 0.1, Activation: ops.Sigmoid})},
			paper:  "Hansen, Bianchi 2023, arXiv 2211.06218",
		},
		{
			layers: []layers.Layer{layers.NewActivation(ops.ELU)},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewDropout(0)}, // no derivative where each step has a mask of its own
			noA:    true,
			paper:  "Srivastava et al. 2014",
		},
		{
			layers: []layers.Layer{layers.NewBatchNorm()},
			noA:    true,
			paper:  "Ioffe, Szegedy 2015, arXiv 1502.03167",
		},
		{
			layers: []layers.Layer{layers.NewLayerNorm(), layertest.Literal(&layers.LayerNorm{Eps: 1e-3, PerGraph: true})},
			noA:    true,
			paper:  "Ba, Kiros, Hinton 2016, arXiv 1607.06450",
		},
		{
			layers: []layers.Layer{layers.NewGraphNorm()},
			noA:    true,
			paper:  "Cai et al. 2021, arXiv 2009.03294",
		},
		{
			layers: []layers.Layer{layers.NewTopKPool(0.5), layertest.Literal(&layers.TopKPool{TopNodes: layers.TopNodes{K: 2, Multiplier: 3, Gate: ops.Sigmoid, Descending: true}}), layertest.Literal(&layers.TopKPool{TopNodes: layers.TopNodes{MinScore: tableFloat(0.3)}}), layertest.Literal(&layers.TopKPool{TopNodes: layers.TopNodes{Ratio: 0.6, Gate: ops.Sigmoid, InverseLift: true}})},
			noA:    true,
			paper:  "Gao, Ji 2019, arXiv 1905.05178",
		},
		{
			layers: []layers.Layer{layers.NewSAGPool(0.5), layertest.Literal(&layers.SAGPool{TopNodes: layers.TopNodes{Ratio: 0.7, Gate: ops.Tanh}, GNN: layers.NewGraphConv(1)}), tableSAG()},
			counts: true, // steps to the nearest node
			paper:  "Lee, Lee, Kang 2019, arXiv 1904.08082",
		},
		{
			layers: []layers.Layer{layers.NewPANPool(0.5), tablePANPool()},
			counts: true, // steps to the nearest node
			paper:  "Ma et al. 2020, arXiv 2006.16811",
		},
		{
			layers: []layers.Layer{layers.NewASAPool(0.5), tableASAP()},
			counts: true,
			paper:  "Ranjan, Sanyal, Talukdar 2020, arXiv 1911.07979",
		},
		{
			layers: []layers.Layer{layers.NewMinCutPool(2), tableMinCut()},
			paper:  "Bianchi, Grattarola, Alippi 2020, arXiv 1907.00481",
		},
		{
			layers: []layers.Layer{layers.NewDMoNPool(2), tableDMoN()},
			counts: true,
			paper:  "Tsitsulin et al. 2023, arXiv 2006.16904",
		},
		{
			layers: []layers.Layer{layers.NewJustBalancePool(2)},
			noA:    true,
			paper:  "Bianchi 2022, arXiv 2207.08779",
		},
		{
			layers: []layers.Layer{layers.NewAsymCheegerCutPool(2)},
			counts: true,
			paper:  "Hansen, Bianchi 2023, arXiv 2211.06218",
		},
		{
			layers: []layers.Layer{layers.NewDiffPool(2), tableDiffPool()},
			paper:  "Ying et al. 2018, arXiv 1806.08804",
		},
		{
			layers: []layers.Layer{layers.NewHOSCPool(2), tableHOSC()},
			paper:  "Duval, Malliaros 2022, arXiv 2209.03473",
		},
		{
			layers: []layers.Layer{layers.NewMapEquationPool(2), tableMapEquation()},
			counts: true, // no derivative where an entry comes to be
			paper:  "Blöcker, Tan, Scholtes 2024, arXiv 2310.01144",
		},
		{
			layers: []layers.Layer{layers.NewBNPool(3), tableBN()},
			counts: true,
			paper:  "Castellana, Bianchi 2025, arXiv 2501.09821",
		},
		{
			layers: []layers.Layer{layers.NewMemPool(2), tableMem()},
			noA:    true,
			paper:  "Khasahmadi et al. 2020, arXiv 2002.09518",
		},
		{
			layers: []layers.Layer{layers.NewLaPool(3), layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 2, Coarse: layers.ZeroDiagonal}, SoftMax: true}), layertest.Literal(&layers.LaPool{Clusters: layers.Clusters{K: 3, Coarse: layers.Unnormalized}, NoHops: true})},
			counts: true,
			paper:  "Noutahi et al. 2019, arXiv 1905.11577",
		},
		{
			layers: []layers.Layer{layers.NewGraclusPool(), tableGraclus()},
			counts: true,
			paper:  "Dhillon, Guan, Kulis 2007",
		},
		{
			layers: []layers.Layer{layers.NewEdgePool(), tableEdgePool()},
			counts: true,
			paper:  "Diehl 2019, arXiv 1905.10990",
		},
		{
			layers: []layers.Layer{layers.NewClusterPool(), tableClusterPool()},
			counts: true,
			paper:  "Snelleman, Renting, Hoos, van Rijn 2024, arXiv 2409.11856",
		},
		{
			layers: []layers.Layer{layers.NewKMISPool(1), tableKMIS(layers.DegreeScorer, layers.NoHeuristic, 2), tableKMIS(layers.LinearScorer, layers.WGreedy, 1), tableNearestKMIS()},
			counts: true,
			paper:  "Bacciu, Conte, Landolfi 2023, arXiv 2208.03523",
		},
		{
			layers: []layers.Layer{tableMaxCut(0.5, 0), tableMaxCut(0, 2)},
			counts: true,
			inTurn: tableKept, // of clusters that tie the one of the lowest node kept
			paper:  "Abate, Bianchi 2025, arXiv 2409.05100",
		},
		{
			layers: []layers.Layer{layers.NewEigenPool(2), tableEigen()},
			counts: true,
			signs:  true, // of an eigenvector by the first node of its cluster
			byA:    func(r *tableRun) G.Nodes { return G.Nodes{r.a} },
			paper:  "Ma, Wang, Aggarwal, Tang 2019, arXiv 1904.13107",
		},
		{
			layers: []layers.Layer{layers.NewNDPPool(), tableNDP()},
			counts: true,
			inTurn: tableKept, // of those as near the lowest
			byA:    func(*tableRun) G.Nodes { return nil },
			paper:  "Bianchi, Grattarola, Livi, Alippi 2022, arXiv 1910.11436",
		},
		{
			layers: []layers.Layer{layers.NewSortPool(3), layertest.Literal(&layers.SortPool{K: 2, Flatten: true})},
			noA:    true,
			paper:  "Zhang, Cui, Neumann, Chen 2018",
		},
		{
			layers: []layers.Layer{layers.NewGlobalSumPool()},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewGlobalAvgPool()},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewGlobalMaxPool()},
			noA:    true,
		},
		{
			layers: []layers.Layer{layertest.Literal(&layers.GlobalAttentionPool{Channels: 2})},
			noA:    true,
			paper:  "Li, Tarlow, Brockschmidt, Zemel 2016, arXiv 1511.05493",
		},
		{
			layers: []layers.Layer{layers.NewGlobalAttnSumPool(), layertest.Literal(&layers.GlobalAttnSumPool{Eps: 1e-9})},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewGlobalSoftAttentionPool(), layertest.Literal(&layers.GlobalSoftAttentionPool{Gate: layers.NewMLP(2, 3), NN: layers.NewDense(3)})},
			noA:    true,
			paper:  "Li et al. 2019, arXiv 1904.12787",
		},
		{
			layers: []layers.Layer{layers.NewJumpingKnowledge(layers.NewGCNConv(3), layers.NewLEConv(2)), tableJump(layers.CombineMax), tableJump(layers.CombineMean), tableJumpLSTM()},
			counts: true,
			paper:  "Xu et al. 2018, arXiv 1806.03536",
		},
		{
			layers: []layers.Layer{layers.NewJoined(layers.NewGlobalSumPool(), layers.NewGlobalMaxPool()), layertest.Literal(&layers.Joined{Layers: []layers.Layer{layers.NewDense(2), layers.NewMLP(3, 2)}, Combination: layers.CombineSum})},
			noA:    true,
		},
		{
			layers: []layers.Layer{layers.NewGlobalPool(layers.ReadoutMean, layers.ReadoutMax), tableLearnedReadouts(), tableReadouts()},
			noA:    true,
			paper:  "Corso et al. 2020, arXiv 2004.05718, and others",
		},
		{
			layers: []layers.Layer{layers.NewDeepSets(layers.NewMLP(3, 2), layers.NewDense(2)), layers.NewDeepSets(nil, nil)},
			noA:    true,
			paper:  "Zaheer et al. 2017, arXiv 1703.06114",
		},
		{
			layers: []layers.Layer{layers.NewSet2Set(2)},
			noA:    true,
			paper:  "Vinyals, Bengio, Kudlur 2016, arXiv 1511.06391",
		},
		{
			layers: []layers.Layer{layers.NewSetTransformer(2), tableSetTransformer()},
			noA:    true,
			paper:  "Lee et al. 2019, arXiv 1810.00825",
		},
		{
			layers: []layers.Layer{layers.NewGraphMultisetTransformer(2), tableMultiset()},
			noA:    true,
			paper:  "Baek, Kang, Hwang 2021, arXiv 2102.11533",
		},
		{
			layers: []layers.Layer{layers.NewStack(layers.NewGCNConv(3), layers.NewMinCutPool(2), layers.NewDense(1)), tableDeep()},
		},
	}
}

// class is the class of the row's layers.
func (row tableRow) class() string { return row.layers[0].(layers.Classed).Class() }

func tableFloat(v float64) *float64 { return &v }

// tableAttentions is attention that reads weights: by rows with loops of their
// mean, and the mean of heads by columns without loops.
func tableAttentions(with func(layers.Attention) layers.Layer) []layers.Layer {
	return []layers.Layer{
		with(layers.Attention{Heads: 1, Channels: 2, Slope: 0.1, SelfLoops: true, Edges: layers.EdgeWeights, LoopMean: true}),
		with(layers.Attention{Heads: 2, Channels: 2, Average: true, Slope: 0.3, Edges: layers.EdgeWeights, ToColumns: true, Residual: true}),
	}
}

func tableJump(c layers.Combination) layers.Layer {
	l := layers.NewJumpingKnowledge(layers.Block(layers.NewGCNConv(2), layers.NewLayerNorm(), ops.Tanh, 0), layers.NewGraphConv(2))
	l.Combination = c
	return l
}

func tableJumpLSTM() layers.Layer {
	l := layers.NewJumpingKnowledge(layers.NewGCNConv(2), layers.NewDense(2))
	l.LSTM = true
	return l
}

// tableGINE reads weights: the table's graphs have no attributes.
func tableGINE() layers.Layer {
	l := layers.NewGINEConv(3, 2)
	l.Edges = layers.EdgeWeights
	return l
}

func tableSAG() layers.Layer {
	p := layers.NewSAGPool(0.5)
	p.GNN = layers.NewGraphConv(1)                            // no two nodes have one score
	p.Nearest, p.Descending, p.InverseLift = true, true, true // of nodes as near the one of highest score, whatever the order
	return p
}

func tablePANPool() layers.Layer {
	p := layers.NewPANPool(0)
	p.K, p.ToColumns, p.Nearest, p.Descending, p.Multiplier = 2, true, true, true, 2
	return p
}

func tableASAP() layers.Layer {
	p := layers.NewASAPool(0.4)
	p.GNN, p.Loops, p.Slope, p.Nearest, p.Descending = layers.NewGCNConv(2), true, 0.1, true, true
	return p
}

func tableNDP() layers.Layer {
	p := layers.NewNDPPool()
	p.Nearest = true
	return p
}

func tableNearestKMIS() layers.Layer {
	p := layers.NewKMISPool(2)
	p.Nearest, p.Merge = true, ops.ReduceMean
	return p
}

func tableMinCut() layers.Layer {
	p := layers.NewMinCutPool(3)
	p.Hidden, p.HiddenActivation, p.Temperature, p.Activation, p.Coarse = []int{4}, ops.Tanh, 2, ops.SELU, layers.ZeroDiagonal
	p.CutWeight, p.InverseLift = 0.5, true
	return p
}

func tableDMoN() layers.Layer {
	p := layers.NewDMoNPool(3)
	p.Normalizer, p.Coarse, p.Activation, p.OrthogonalityWeight = losses.TwiceStored, layers.Unnormalized, ops.Identity, 1
	return p
}

func tableHOSC() layers.Layer {
	p := layers.NewHOSCPool(3)
	p.Hidden, p.Alpha, p.Diagonal, p.NormalizedBalanceWeight = []int{2}, 1, true, 1
	return p
}

func tableMapEquation() layers.Layer {
	p := layers.NewMapEquationPool(3)
	p.Temperature, p.Coarse = 0.5, layers.Normalized
	return p
}

func tableBN() layers.Layer {
	p := layers.NewBNPool(2)
	p.Hidden, p.HiddenActivation, p.Concentration, p.Connection, p.DivergenceWeight = []int{2}, ops.Tanh, 3, 0.5, 0.1
	return p
}

func tableMem() layers.Layer {
	p := layers.NewMemPool(3)
	p.Heads, p.Tau, p.Channels, p.Coarse, p.InverseLift = 2, 0.5, 2, layers.Unnormalized, true
	return p
}

func tableDiffPool() layers.Layer {
	p := layers.NewDiffPool(3)
	p.Channels, p.Activation, p.Coarse, p.Temperature, p.NoBias = 2, ops.Tanh, layers.ZeroDiagonal, 2, false
	p.PoolGNN = layers.NewStack(layers.NewGCNConv(3), layers.NewDense(3))
	return p
}

// tableLearnedReadouts is those whose numbers are learned.
func tableLearnedReadouts() layers.Layer {
	p := layers.NewGlobalPool(layers.ReadoutSoftmax, layers.ReadoutPower, layers.ReadoutWeighted)
	p.LearnT, p.LearnP, p.ByFeature, p.LearnAverages, p.P, p.Min = true, true, true, true, 2, 1e-3
	p.Scalers = []layers.DegreeScaler{layers.ScaleIdentity, layers.ScaleAmplification, layers.ScaleInverseLinear}
	return p
}

// tableReadouts is all the others.
func tableReadouts() layers.Layer {
	p := layers.NewGlobalPool(layers.ReadoutSum, layers.ReadoutMin, layers.ReadoutMul, layers.ReadoutVar, layers.ReadoutStd, layers.ReadoutMedian, layers.ReadoutQuantile, layers.ReadoutVPA)
	p.Quantiles, p.Interpolation = []float64{0.3, 0.9}, ops.InterpolateMidpoint
	p.Scalers = []layers.DegreeScaler{layers.ScaleAttenuation, layers.ScaleLinear}
	return p
}

func tableSetTransformer() layers.Layer {
	p := layers.NewSetTransformer(2)
	p.Encoders, p.Heads, p.Concat, p.LayerNorm = 0, 3, false, true
	return p
}

func tableMultiset() layers.Layer {
	p := layers.NewGraphMultisetTransformer(1)
	p.Heads, p.LayerNorm = 3, true
	return p
}

func tableGraclus() layers.Layer {
	p := layers.NewGraclusPool()
	p.Reduction, p.Merge, p.Loops, p.DegreeNorm, p.InverseLift = ops.ReduceMax, ops.ReduceMean, true, true, true
	return p
}

func tableEdgePool() layers.Layer {
	p := layers.NewEdgePool()
	p.Score, p.Merge, p.MultiplyLift, p.Readout = layers.SigmoidScore, ops.ReduceMax, true, layers.NewGlobalAvgPool()
	return p
}

func tableClusterPool() layers.Layer {
	p := layers.NewClusterPool()
	p.Score, p.Threshold, p.Reduction, p.Merge = layers.LogSoftmaxScore, -2.2, ops.ReduceMean, ops.ReduceMin
	return p
}

func tableKMIS(by layers.Scorer, over layers.Heuristic, k int) layers.Layer {
	p := layers.NewKMISPool(k)
	p.Scorer, p.Heuristic, p.MembersOnly, p.Loops = by, over, k > 1, true
	return p
}

func tableMaxCut(ratio float64, k int) layers.Layer {
	p := layers.NewMaxCutPool(ratio)
	p.K, p.MessageUnits, p.Hidden, p.Merge, p.MLPActivation = k, []int{4, 3}, []int{3}, ops.ReduceMean, ops.ELU
	return p
}

func tableEigen() layers.Layer {
	p := layers.NewEigenPool(3)
	p.Unnormalized, p.Selector, p.Merge = true, layers.NewKMISPool(1), ops.ReduceMean
	return p
}

// tableDeep is pools of pools.
func tableDeep() layers.Layer {
	return layers.NewStack(
		layers.NewGCNSkipConv(3), layers.NewTopKPool(0.7), layers.NewGraphConv(3), layers.NewMinCutPool(3),
		layers.NewGCNConv(3), layers.NewDMoNPool(2), layers.NewSAGEConv(2), layers.NewGlobalSoftAttentionPool(),
	)
}

// tableEach runs a test for every layer of every row.
func tableEach(t *testing.T, test func(t *testing.T, row tableRow, l layers.Layer)) {
	t.Helper()
	for _, row := range table() {
		for i, l := range row.layers {
			name := l.(layers.Classed).Class()
			if i > 0 {
				name += "_" + string(rune('0'+i))
			}
			t.Run(name, func(t *testing.T) { test(t, row, l) })
		}
	}
}

func TestTableHasEveryLayer(t *testing.T) {
	p, err := source.Read(layersDir)
	require.NoError(t, err)
	all, err := p.Layers()
	require.NoError(t, err)
	var want, have []string
	for _, l := range all {
		want = append(want, l.Class)
	}
	for _, row := range table() {
		for i, l := range row.layers {
			if c := l.(layers.Classed).Class(); i == 0 {
				have = append(have, c)
			} else {
				assert.Equal(t, have[len(have)-1], c, "a row is of one layer")
			}
		}
	}
	examples := tableExamples(t)
	for _, l := range all {
		assert.True(t, strings.Contains(examples, "func Example"+l.Name+"()"), "%s has no example", l.Name)
	}
	assert.ElementsMatch(t, want, have, "every exported layer has one row in the table, and a class that go generate wrote")
}

// tableExamples is the text of all tests, examples among them.
func tableExamples(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(layersDir, "*_test.go"))
	require.NoError(t, err)
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		all.Write(text)
	}
	return all.String()
}
