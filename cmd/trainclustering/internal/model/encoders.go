package model

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/ops"
)

// encoder is a kind of layer that the encoder can be made of.
type encoder struct {
	name    string
	layer   func(units int) layers.Layer
	buffers float64 // of nodes × units numbers that a training keeps, by measurement
}

// mlp is the encoder that reads no edges.
const mlp = "mlp"

// encoders are all kinds, the default first.
func encoders() []encoder {
	return []encoder{
		{mlp, func(units int) layers.Layer {
			l := layers.NewDense(units)
			l.Activation = ops.SELU
			return l
		}, 3},
		{"gcn", func(units int) layers.Layer {
			l := layers.NewGCNConv(units)
			l.Activation = ops.SELU
			return l
		}, 3},
		{"gcn-skip", func(units int) layers.Layer { return layers.NewGCNSkipConv(units) }, 7},
		{"sgc", func(units int) layers.Layer { return layers.NewGCNConv(units) }, 3},
		{"sage", func(units int) layers.Layer {
			l := layers.NewSAGEConv(units)
			l.Activation = ops.SELU
			return l
		}, 7},
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

// lookupEncoder is the encoder of that name.
func lookupEncoder(name string) (encoder, error) {
	for _, e := range encoders() {
		if e.name == name {
			return e, nil
		}
	}
	return encoder{}, fmt.Errorf("encoder = %q, want one of %v", name, EncoderNames())
}
