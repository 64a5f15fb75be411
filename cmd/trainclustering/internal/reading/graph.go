package reading

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Graph reads the file at path, - for standard input, and what stands
// beside it, until a signal ends ctx.
func Graph(ctx context.Context, path string, stdin io.Reader, o Options) (*graphfile.Graph, error) {
	return until(ctx, path, func() (*graphfile.Graph, error) { return graph(path, stdin, o) })
}

func graph(path string, stdin io.Reader, o Options) (*graphfile.Graph, error) {
	g, err := file(path, stdin, o.Options)
	if err != nil {
		return nil, dataFailure(err)
	}
	if err := decimalUsed(path, g, o.Options, o.Features); err != nil {
		return nil, err
	}
	if o.Features != "" {
		if err := graphfile.ReadFeaturesWith(o.Features, g, o.Options); err != nil {
			return nil, failure.Failedf("%w", err)
		}
	}
	if o.Labels != "" {
		if err := graphfile.ReadLabels(o.Labels, g); err != nil {
			return nil, failure.Failedf("%w", err)
		}
	}
	return g, nil
}

// ToDisk reads the file at path with its edges in the folder dir, and what
// stands beside it, until a signal ends ctx.
func ToDisk(ctx context.Context, path, dir string, o Options) (*graphfile.DiskGraph, error) {
	return until(ctx, path, func() (*graphfile.DiskGraph, error) { return toDisk(path, dir, o) })
}

func toDisk(path, dir string, o Options) (*graphfile.DiskGraph, error) {
	d, err := graphfile.ReadToDisk(path, dir, o.Options)
	if err != nil {
		return nil, failure.Failedf("%w", err)
	}
	if err := decimalUsed(path, d.Graph, o.Options, o.Features); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if o.Features != "" {
		err = d.ReadFeaturesWith(o.Features, o.Options)
	}
	if err == nil && o.Labels != "" {
		err = d.ReadLabels(o.Labels)
	}
	if err != nil {
		return nil, failure.Failedf("%w", errors.Join(err, d.Close()))
	}
	return d, nil
}

// File reads the file at path alone, - for standard input, until a signal ends
// ctx.
func File(ctx context.Context, path string, stdin io.Reader, o graphfile.Options) (*graphfile.Graph, error) {
	return until(ctx, path, func() (*graphfile.Graph, error) {
		g, err := file(path, stdin, o)
		if err != nil {
			return nil, failure.Failedf("%w", err)
		}
		return g, decimalUsed(path, g, o, "")
	})
}

// decimalUsed errs where a decimal separator was given and nothing has one: no
// edge list and no file of features.
func decimalUsed(path string, g *graphfile.Graph, o graphfile.Options, features string) error {
	if o.Decimal == "" || features != "" || g.Format == "edge list" {
		return nil
	}
	return failure.Failedf("%s: read as %s, which --decimal does not apply to, want an edge list, or a table of --features", shown(path), g.Format)
}

func file(path string, stdin io.Reader, o graphfile.Options) (*graphfile.Graph, error) {
	if path == "-" {
		return graphfile.ReadFrom(stdin, shown(path), o)
	}
	if err := refuseStore(path); err != nil {
		return nil, err
	}
	return graphfile.ReadWith(path, o)
}

// shown is how messages name the file at path.
func shown(path string) string {
	if path == "-" {
		return "standard input"
	}
	return text.OneLine(path)
}

// MakeFeatures makes the features of a graph without any, and notes where a
// graph has them already. The model makes those of neighbours itself.
func (o Options) MakeFeatures(g *graphfile.Graph, seed uint64) error {
	if g.Features != nil && o.FeaturesAsked {
		g.Changes = append(g.Changes, fmt.Sprintf("--features-from %s not used: the graph has features", o.FeaturesFrom))
	}
	if g.Features != nil || o.FeaturesFrom == "" || o.FeaturesFrom == graphfile.FeatureKinds()[0] {
		return nil
	}
	f, err := g.FeaturesFrom(o.FeaturesFrom, min(o.FeatureDim, g.Nodes), seed)
	if err != nil {
		return failure.Failedf("%w", err)
	}
	g.Features, g.FeatureNames, g.MadeFrom = f, nil, o.FeaturesFrom
	g.Changes = append(g.Changes, fmt.Sprintf("features made: %s, %s", o.FeaturesFrom, text.Plural(f.Cols, "column")))
	return nil
}

// CheckScale errs where float32 cannot hold what training adds up: the squares
// of the nodes' weighted degrees.
func CheckScale(g *graphfile.Graph, dtype string) error {
	if g.Weights == nil || dtype != model.Float32 {
		return nil
	}
	total, most := 0.0, float32(0)
	for _, w := range g.Weights {
		total += float64(w)
		most = max(most, w)
	}
	if total < math.Sqrt(math.MaxFloat32)/4 {
		return nil
	}
	return failure.Failedf("weights of up to %g add up to %.3g, beyond what float32 can square; want --dtype float64, or smaller weights", most, total)
}

// dataFailure words an error of the reader, which begins with the file's name.
func dataFailure(err error) error {
	f := failure.Failedf("%w", err)
	if errors.Is(err, fs.ErrNotExist) {
		f.Hint = "--data names the graph's file; without it the karate club is used"
	}
	return f
}
