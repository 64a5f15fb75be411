package layers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// What PyG 2.8's JumpingKnowledge("lstm", 2, 3) gives for X, tanh(2X) and
// tanh(2X)², with weights that the sine names, and the gradient of Σ i·X'_i.
func TestJumpingKnowledgeByLSTM(t *testing.T) {
	store, err := param.NewStore(tensor.Float64, 0)
	require.NoError(t, err)
	g := G.NewGraph()
	x := make([]float64, 8)
	for i := range 4 {
		x[2*i], x[2*i+1] = math.Cos(.5*float64(i)), math.Sin(1.3*float64(i))
	}
	features := G.NewMatrix(g, tensor.Float64, G.WithShape(4, 2), G.WithName("x"),
		G.WithValue(tensor.New(tensor.WithShape(4, 2), tensor.WithBacking(x))))
	twice, square := layers.NewActivation(""), layers.NewActivation("")
	twice.ActivationFunc = func(y *G.Node) (*G.Node, error) { return ops.Activate(G.Must(ops.Affine(y, 2, 0)), ops.Tanh) }
	square.ActivationFunc = func(y *G.Node) (*G.Node, error) { return ops.Hadamard(y, y) }
	l := layers.NewJumpingKnowledge(layers.NewStack(), twice, square)
	l.LSTM = true
	out, err := l.Apply(store.Scope(g, true), modes.Graph{Mode: modes.Single, Graphs: 1}.WithX(features))
	require.NoError(t, err)

	for path, from := range map[string]float64{
		"forward/input_kernel": 0, "forward/recurrent_kernel": 1, "forward/input_bias": 2, "forward/recurrent_bias": 3,
		"backward/input_kernel": 4, "backward/recurrent_kernel": 5, "backward/input_bias": 6, "backward/recurrent_bias": 7, "att": 8,
	} {
		p := store.Get("jumpingknowledge/" + path)
		require.NotNil(t, p, path)
		w := p.Tensor.Data().([]float64)
		for i := range w {
			w[i] = math.Sin(1 + from + .7*float64(i))
		}
	}
	scale := make([]float64, 8)
	for i := range scale {
		scale[i] = float64(i + 1)
	}
	factors := G.NewConstant(tensor.New(tensor.WithShape(4, 2), tensor.WithBacking(scale)))
	loss := G.Must(G.Sum(G.Must(ops.Hadamard(out.X.Dense, factors))))
	grads, err := G.Grad(loss, features)
	require.NoError(t, err)
	values, err := train.Forward(out.X.Dense, grads[0])
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{
		0.965448538078197, 0, 0.9020656996403842, 0.9476333327165634,
		0.6574368209946243, 0.632845929059416, 0.05736432835991054, 0.06742780856080272,
	}, values[0].Data(), 1e-12)
	assert.InDeltaSlice(t, []float64{
		0.48068568453714855, 2.036734364626221, 1.6860656740854911, 2.0084847927532214,
		4.848151710709876, 5.978362411980962, 6.154576344814377, -2.171587139281578,
	}, values[1].Data(), 1e-11)
}

func TestJumpingKnowledgeByLSTMRefuses(t *testing.T) {
	wide := layers.NewJumpingKnowledge(layers.NewDense(1), layers.NewDense(2))
	wide.LSTM = true
	refused(t, wide, "jumpingknowledge: outputs of 1 and 2 columns, want one width for an LSTM")
}
