package model

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/ops"
)

// encoder is a kind of layer that the encoder can be made of.
type encoder struct {
	name  string
	layer func(units int) layers.Layer
}

// encoders are all kinds, the default first.
func encoders() []encoder {
	return []encoder{
		{"mlp", func(units int) layers.Layer {
			l := layers.NewDense(units)
			l.Activation = ops.SELU
			return l
		}},
		{"gcn", func(units int) layers.Layer {
			l := layers.NewGCNConv(units)
			l.Activation = ops.SELU
			return l
		}},
		{"gcn-skip", func(units int) layers.Layer { return layers.NewGCNSkipConv(units) }},
		{"sgc", func(units int) layers.Layer { return layers.NewGCNConv(units) }},
		{"sage", func(units int) layers.Layer {
			l := layers.NewSAGEConv(units)
			l.Activation = ops.SELU
			return l
		}},
	}
}

// EncoderNames are the words that --encoder takes.
func EncoderNames() []string {
	var names []string
	for _, e := range encoders() {
		names = append(names, e.name)
	}
	return names
}
