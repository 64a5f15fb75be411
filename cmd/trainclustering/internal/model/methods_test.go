package model

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
)

// TestMethodRowsAreWhole trains every method for an epoch: its row has all that
// the command says of it, and its losses are those of its pooling layer.
func TestMethodRowsAreWhole(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	for _, m := range Methods() {
		assert.Equal(t, strings.ToLower(m.Name), m.Name)
		assert.NotEmpty(t, m.Title, m.Name)
		assert.NotEmpty(t, m.OnCollapse, m.Name)
		if m.Anneals != "" {
			assert.Contains(t, m.LossNames(), m.Anneals, m.Name)
		}
		cfg := Default()
		cfg.Method, cfg.LossWeights, cfg.K, cfg.Epochs = m.Name, m.Losses, 3, 1
		var names []string
		assign, err := Train(g, cfg, func(_ int, r EpochResult) error {
			total := 0.0
			for i, l := range r.Losses {
				names = append(names, l.Name)
				total += l.Value * m.Losses[i].Value
			}
			assert.InDelta(t, total, r.Total, 1e-5, m.Name)
			return nil
		})
		require.NoError(t, err, m.Name)
		assert.Len(t, assign, 3*g.Nodes)
		assert.Equal(t, m.LossNames(), names, m.Name)
	}
}

// TestEncoders trains every encoder, in either type of number, for an epoch.
func TestEncoders(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	for _, name := range EncoderNames() {
		for _, dtype := range []string{Float32, Float64} {
			cfg := Default()
			cfg.Encoder, cfg.Dtype, cfg.K, cfg.Epochs = name, dtype, 3, 1
			assign, err := Train(g, cfg, func(int, EpochResult) error { return nil })
			require.NoError(t, err, name)
			assert.Len(t, assign, 3*g.Nodes)
		}
	}
}

func TestUnknownWords(t *testing.T) {
	_, err := Lookup("louvain")
	assert.EqualError(t, err, `method = "louvain", want one of [dmon mincut]`)
	_, err = newEncoder("gat", 8)
	assert.EqualError(t, err, `encoder = "gat", want one of [gcn gcn-skip mlp]`)
}
