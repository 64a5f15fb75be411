package model

import (
	"fmt"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
)

// Preset is a set of defaults.
type Preset struct {
	Name  string
	About string
}

// PresetPaper trains as the papers of the methods do. The other presets are
// those of package cluster.
const PresetPaper = "paper"

// Presets are all presets, the default first.
func Presets() []Preset {
	return []Preset{
		{"quality", "modularity and agreement with the features"},
		{"communities", "the features count more"},
		{"modularity", "the highest modularity, by --refine multilevel"},
		{PresetPaper, "as in the papers, a graph convolution with a skip connection on the raw features, from a random start"},
	}
}

// PresetNames are the words that --preset takes.
func PresetNames() []string {
	var names []string
	for _, p := range Presets() {
		names = append(names, p.Name)
	}
	return names
}

// Default is the configuration where nothing else is asked. K is left to the
// caller, who knows the graph.
func Default() Config {
	c, _ := FromPreset(Presets()[0].Name)
	return c
}

// FromPreset is the configuration of a preset.
func FromPreset(name string) (Config, error) {
	recipe := name
	if name == PresetPaper {
		recipe = Presets()[0].Name
	}
	o, err := cluster.Preset(recipe, 1)
	if err != nil {
		return Config{}, fmt.Errorf("preset = %q, want one of %v", name, PresetNames())
	}
	c := Config{
		Preset: name, Method: Methods()[0].Name, Features: FeaturesAuto, Hops: embed.AutoHops, Neighbours: o.Neighbours,
		Init: string(cluster.KMeans), Encoder: "mlp", Hidden: []int{o.Units}, Epochs: o.Epochs, Patience: o.Patience, LR: o.Rate,
		Optimizer: string(cluster.Adam), Schedule: string(cluster.ConstantRate),
		Order: string(cluster.AsGiven), Anneal: AnnealLinear, Refine: string(o.Refine), Dtype: Float32,
	}
	if name == PresetPaper {
		c.Features, c.Init, c.Neighbours = FeaturesRaw, string(cluster.Random), 0
		c.Encoder, c.Epochs, c.LR, c.Patience = "gcn-skip", 1000, .001, 0
	}
	return c, nil
}
