package main

import (
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/inputs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// fit brings the graph into the form that the model reads: as its note says, or
// by position where the file is of before there were notes.
func fit(g *graphfile.Graph, m cluster.Model, o predictOptions, note inputs.Note) (*inputs.Fitted, error) {
	if note.Kind != inputs.Unknown {
		if err := agree(&note, o); err != nil {
			return nil, err
		}
		return note.Fit(g, o.data)
	}
	if err := o.reading.MakeFeatures(g, o.seed); err != nil {
		return nil, err
	}
	f := &inputs.Fitted{Graph: g}
	switch {
	case m.Map != nil && m.Map.Kind == embed.Pattern, m.Map == nil && g.Features == nil:
		f.Said = []string{"nodes matched by position: the model's file has no names of them"}
	case g.Features != nil:
		f.Said = []string{"columns of features matched by position: the model's file has no names of them"}
	}
	return f, nil
}

// agree errs where the command line asks for other made features than those of
// the training. The seed of random ones may differ.
func agree(note *inputs.Note, o predictOptions) error {
	if kind := o.reading.FeaturesFrom; o.asked["features-from"] && kind != note.Kind {
		trained := "features of its own"
		if note.Kind != inputs.Columns {
			trained = note.Kind
		}
		return failure.Usagef("--features-from = %s, want %s, as the model was trained on", kind, trained).
			WithHint("leave it out: the model's file has it")
	}
	wide := note.Kind == inputs.Spectral || note.Kind == inputs.Random
	if o.asked["feature-dim"] && wide && o.reading.FeatureDim != note.Columns {
		return failure.Usagef("--feature-dim = %d, want %d, as the model was trained on", o.reading.FeatureDim, note.Columns).
			WithHint("leave it out: the model's file has it")
	}
	if o.asked["seed"] {
		note.Seed = o.seed
	}
	return nil
}

// unfit words why a model cannot read a graph.
func unfit(m cluster.Model, o predictOptions, err error) error {
	hint := inputs.WantColumns
	if m.Map != nil && m.Map.Kind == embed.Pattern || m.Map == nil && o.reading.Features == "" {
		hint = "a model that was trained without features fits only its own nodes; train with --features, or --features-from spectral or degree, for other graphs"
	}
	return failure.Failedf("%s does not fit the model: %s", text.OneLine(o.data), withoutPackage(err, "")).WithHint("%s", hint)
}

// inOrder is values of an order in that of the graph.
func inOrder[T any](values []T, order []int32) []T {
	if order == nil {
		return values
	}
	out := make([]T, len(values))
	for i, old := range order {
		out[old] = values[i]
	}
	return out
}
