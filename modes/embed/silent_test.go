package embed_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/sbm"
)

// TestFeaturesThatSayNothing asks that neighbours take the place of features
// that edges do not go by, unless they are asked for, and of no others.
func TestFeaturesThatSayNothing(t *testing.T) {
	const n = 240
	r := rand.New(rand.NewPCG(5, 6))
	group := func(i int) int { return i * 4 / n }
	for _, x := range []struct {
		name    string
		columns int
		at      func(i, j int) float64
		kind    embed.Kind
	}{
		{"constant", 3, func(int, int) float64 { return 2 }, embed.Pattern},
		{"zero", 2, func(int, int) float64 { return 0 }, embed.Pattern},
		{"an id each", n, func(i, j int) float64 { return map[bool]float64{true: 1}[i == j] }, embed.Pattern},
		{"noise", 20, func(int, int) float64 { return r.NormFloat64() }, embed.Pattern},
		{"groups in noise", 20, func(i, j int) float64 { return r.NormFloat64() + map[bool]float64{true: 2}[j%4 == group(i)] }, embed.Number},
		{"groups' words", 20, func(i, j int) float64 {
			return map[bool]float64{true: 1}[r.Float64() < .05+.3*map[bool]float64{true: 1}[j%4 == group(i)]]
		}, embed.Word},
	} {
		h := planted(t, n, x.columns, x.at)
		_, chosen, err := embed.Nodes(h, embed.Defaults())
		require.NoError(t, err, x.name)
		assert.Equal(t, x.kind, chosen.Kind, x.name)

		o := embed.Defaults()
		o.Kind = embed.Number
		_, chosen, err = embed.Nodes(h, o)
		require.NoError(t, err, x.name)
		assert.Equal(t, embed.Number, chosen.Kind, "%s, asked for", x.name)
	}
}

// planted is a graph of four groups with features of the test's.
func planted(t *testing.T, n, columns int, at func(i, j int) float64) *modes.Host {
	c := sbm.NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim = n, 4, 10, 2, 0
	g, err := sbm.Generate(c)
	require.NoError(t, err)
	h, err := g.Host()
	require.NoError(t, err)
	x := make([]float64, n*columns)
	for i := range n {
		for j := range columns {
			x[i*columns+j] = at(i, j)
		}
	}
	h.X = tensor.New(tensor.WithShape(n, columns), tensor.WithBacking(x))
	return h
}
