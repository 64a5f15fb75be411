package modes

import "github.com/graphpool/graphpool/ops/formula"

// The formulas of this package are those of package formula.

func must[T any](v T, err error) T             { return formula.Must(v, err) }
func ensure(err error)                         { formula.Ensure(err) }
func build[T any](f func() T) (v T, err error) { return formula.Build(f) }
