package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

func TestReadoutsRefuseOptions(t *testing.T) {
	pool := func(change func(p *layers.GlobalPool), readouts ...layers.Readout) layers.Layer {
		p := layers.NewGlobalPool(readouts...)
		if change != nil {
			change(p)
		}
		return p
	}
	set := layers.NewSetTransformer(0)
	odd := layers.NewGraphMultisetTransformer(1)
	odd.Heads = 3
	few := layers.NewMemPool(2)
	few.Heads = 0
	flat := layers.NewMemPool(2)
	flat.Tau = 0
	wrong := layers.NewBNPool(3)
	wrong.PosteriorFunc = func(_ *param.Scope, in modes.Graph) (z, alpha, beta *G.Node, err error) {
		return in.X.Dense, in.X.Dense, nil, nil
	}
	for want, l := range map[string]layers.Layer{
		"layers: globalpool: Readouts = [], want at least one":  pool(nil),
		"layers: globalpool: Readouts = modus, want sum, mean,": pool(nil, "modus"),
		"layers: globalpool: Quantiles = [], want at least one": pool(func(p *layers.GlobalPool) { p.Quantiles = nil }, layers.ReadoutQuantile),
		"q = 2, want 0 to 1":           pool(func(p *layers.GlobalPool) { p.Quantiles = []float64{2} }, layers.ReadoutQuantile),
		`the interpolation is "cubic"`: pool(func(p *layers.GlobalPool) { p.Interpolation = "cubic" }, layers.ReadoutQuantile),
		"layers: globalpool: Min = 0, want above 0 and at most Max, 100":                                  pool(func(p *layers.GlobalPool) { p.Min = 0 }, layers.ReadoutPower),
		"layers: globalpool: AvgLog = 0, want above 0":                                                    pool(func(p *layers.GlobalPool) { p.AvgLog, p.Scalers = 0, []layers.DegreeScaler{layers.ScaleLinear} }, layers.ReadoutSum),
		"layers: globalpool: Scalers = cube, want identity,":                                              pool(func(p *layers.GlobalPool) { p.Scalers = []layers.DegreeScaler{"cube"} }, layers.ReadoutSum),
		"layers: set2set: Steps = 0, want at least 1":                                                     layers.NewSet2Set(0),
		"layers: settransformer: Seeds = 0, want at least 1":                                              set,
		"layers: graphmultisettransformer: Heads = 3, want a number that divides 2, that of the features": odd,
		"layers: mempool: Heads = 0, want at least 1":                                                     few,
		"layers: mempool: Tau = 0, want above 0":                                                          flat,
		"layers: bnpool: PosteriorFunc gave <nil>, want a node of 4 rows and 2 columns":                   wrong,
	} {
		sc, in := path(1, 2, 3, 4)
		if l == layers.Layer(odd) {
			sc, in = threeGraphs()
		}
		if l == layers.Layer(wrong) {
			two, err := layers.NewDense(2).Apply(sc, in)
			require.NoError(t, err)
			in = in.WithX(two.X.Dense)
		}
		_, err := l.Apply(sc, in)
		require.Error(t, err, want)
		assert.ErrorContains(t, err, want)
	}
}

// The fill of quantiles goes to graphs without nodes alone, and a mean by
// powermean clamps nothing.
func TestReadoutsOfGraphsWithoutNodes(t *testing.T) {
	sc, in := threeGraphs()
	p := layers.NewGlobalPool(layers.ReadoutQuantile, layers.ReadoutMul, layers.ReadoutPower)
	p.Fill = -7
	out, err := p.Apply(sc, in)
	require.NoError(t, err)
	values, err := train.Evaluate(out.X.Dense)
	require.NoError(t, err)
	assert.Equal(t, []float64{
		2, -2.5, 3, 4, 2, -2.5,
		-7, -7, 1, 1, 0, 0,
		2, 2, 20, 0, 3, 3,
	}, values[0].Data())
}
