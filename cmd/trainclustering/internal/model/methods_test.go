package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/layers/cluster"
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
		if m.Fades != "" {
			assert.Contains(t, m.LossNames(), m.Fades, m.Name)
		}
		for _, preset := range []string{"quality", PresetPaper} {
			cfg, err := FromPreset(preset)
			require.NoError(t, err)
			cfg.Method, cfg.K, cfg.Epochs, cfg.Anneal = m.Name, 3, 1, AnnealNone
			var names []string
			var losses []cluster.Loss
			var total float64
			fit, err := NewTrainer()(t.Context(), Job{Graph: g, Config: cfg, OnEpoch: func(_ int, r EpochResult, _ Saver) error {
				losses, total = r.Losses, r.Total
				return nil
			}})
			require.NoError(t, err, m.Name)
			for i, l := range losses {
				names = append(names, l.Name)
				total -= l.Value * fit.Weights[i].Value
				if preset == PresetPaper {
					assert.Equal(t, m.Losses[i], fit.Weights[i], m.Name)
				}
			}
			assert.InDelta(t, 0, total, 1e-5, m.Name)
			assert.Len(t, fit.Shares, 3*g.Nodes)
			assert.Equal(t, m.LossNames(), names, m.Name)
		}
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
			fit, err := NewTrainer()(t.Context(), Job{Graph: g, Config: cfg, OnEpoch: func(int, EpochResult, Saver) error { return nil }})
			require.NoError(t, err, name)
			assert.Len(t, fit.Shares, 3*g.Nodes)
		}
	}
}

func TestATrainingThatIsStoppedKeepsWhatItHas(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	cfg := Default()
	cfg.K, cfg.Epochs = 3, 10
	fit, err := NewTrainer()(t.Context(), Job{Graph: g, Config: cfg, OnEpoch: func(epoch int, _ EpochResult, _ Saver) error {
		if epoch == 4 {
			return ErrStop
		}
		return nil
	}})
	require.NoError(t, err)
	assert.True(t, fit.Stopped)
	assert.Equal(t, 4, fit.Epochs)
	assert.Len(t, fit.Shares, 3*g.Nodes)
}

func TestUnknownWords(t *testing.T) {
	_, err := Lookup("louvain")
	assert.EqualError(t, err, fmt.Sprintf(`method = "louvain", want one of %v`, MethodNames()))
	_, err = Config{Encoder: "gat"}.encoder()
	assert.EqualError(t, err, `encoder = "gat", want one of [mlp gcn gcn-skip sgc sage]`)
	_, err = FromPreset("best")
	assert.EqualError(t, err, `preset = "best", want one of [quality communities modularity paper]`)
}
