package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/formula"
)

// must is v; an error ends the formula, which stands in build.
func must[T any](v T, err error) T { return formula.Must(v, err) }

// build is the node that a formula makes, or the error that ended it, after the
// name of the loss.
func build(name string, f func() *G.Node) (*G.Node, error) {
	n, err := formula.Build(f)
	if err != nil {
		return nil, fmt.Errorf("losses: %s: %w", name, err)
	}
	return n, nil
}
