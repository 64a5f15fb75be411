package train

import (
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
)

// model is mean((xW + b − y)²) with W (3, 2) and b (2).
type model struct {
	sc    *param.Scope
	g     *G.ExprGraph
	x, y  *G.Node
	w, b  *G.Node
	out   *G.Node
	loss  *G.Node
	n     int
	dtype tensor.Dtype
}

var (
	inputs  = []float64{1, 2, -1, 0.5, -2, 3, -1, 1, 2, 0, 1.5, -0.5}
	targets = []float64{1, 0, -1, 2, 0.5, 1, 3, -2}
)

func dense(dt tensor.Dtype, values []float64, shape ...int) *tensor.Dense {
	if dt == tensor.Float64 {
		return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(append([]float64(nil), values...)))
	}
	f := make([]float32, len(values))
	for i, v := range values {
		f[i] = float32(v)
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(f))
}

func newStore(t *testing.T, dt tensor.Dtype) *param.Store {
	t.Helper()
	store, err := param.NewStore(dt, 7)
	require.NoError(t, err)
	return store
}

func newModel(t *testing.T, store *param.Store, kernel, bias param.Spec) *model {
	t.Helper()
	m := &model{g: G.NewGraph(), n: 4, dtype: store.Dtype()}
	m.sc = store.Scope(m.g, true)
	m.x = G.NewMatrix(m.g, m.dtype, G.WithName("x"), G.WithShape(4, 3), G.WithValue(dense(m.dtype, inputs, 4, 3)))
	m.y = G.NewMatrix(m.g, m.dtype, G.WithName("y"), G.WithShape(4, 2), G.WithValue(dense(m.dtype, targets, 4, 2)))
	sc := m.sc.Sub("dense")
	var err error
	m.w, err = sc.Param("kernel", param.GlorotUniform{}, kernel, 3, 2)
	require.NoError(t, err)
	m.b, err = sc.Param("bias", param.Zeros{}, bias, 2)
	require.NoError(t, err)
	m.out = G.Must(G.BroadcastAdd(G.Must(G.Mul(m.x, m.w)), m.b, nil, []byte{0}))
	m.loss = G.Must(G.Mean(G.Must(G.Square(G.Must(G.Sub(m.out, m.y))))))
	return m
}

func floats(t *testing.T, v G.Value) []float64 {
	t.Helper()
	switch d := v.Data().(type) {
	case []float64:
		return append([]float64(nil), d...)
	case []float32:
		f := make([]float64, len(d))
		for i, x := range d {
			f[i] = float64(x)
		}
		return f
	case float64:
		return []float64{d}
	case float32:
		return []float64{float64(d)}
	}
	require.Failf(t, "not floats", "%T", v.Data())
	return nil
}

// reference computes loss and gradients of the model by hand.
func reference(w, b []float64) (loss float64, gw, gb []float64) {
	gw, gb = make([]float64, 6), make([]float64, 2)
	for i := range 4 {
		for c := range 2 {
			d := b[c] - targets[i*2+c]
			for k := range 3 {
				d += inputs[i*3+k] * w[k*2+c]
			}
			loss += d * d / 8
			gb[c] += 2 * d / 8
			for k := range 3 {
				gw[k*2+c] += 2 * d / 8 * inputs[i*3+k]
			}
		}
	}
	return loss, gw, gb
}
