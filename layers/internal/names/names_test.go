package names_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/layers/internal/names"
)

func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "K": "k", "Units": "units", "HiddenActivation": "hidden_activation", "GNN": "gnn",
		"NoBias": "no_bias", "GCNConv": "gcn_conv", "MLPUnits": "mlp_units", "ToColumns": "to_columns",
	} {
		assert.Equal(t, want, names.Snake(name))
	}
}
