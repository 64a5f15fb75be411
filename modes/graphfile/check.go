package graphfile

import (
	"fmt"
	"math"
	"slices"
)

// check errs where g's slices do not fit together.
func (g *Graph) check() error {
	if g.Nodes < 1 {
		return fmt.Errorf("graphfile: Nodes = %d, want at least 1", g.Nodes)
	}
	if err := checkRows("", g.Nodes, g.RowPtr, g.Col, g.Nodes); err != nil {
		return err
	}
	if g.Weights != nil && len(g.Weights) != len(g.Col) {
		return fmt.Errorf("graphfile: Weights has %d values, want as many as Col (%d)", len(g.Weights), len(g.Col))
	}
	if i := slices.IndexFunc(g.Weights, func(w float32) bool { return !(w >= 0) || math.IsInf(float64(w), 1) }); i >= 0 {
		return fmt.Errorf("graphfile: Weights[%d] = %v, want a finite number of at least 0", i, g.Weights[i])
	}
	if err := g.checkNodes(); err != nil || g.Features == nil {
		return err
	}
	return g.Features.check(g.Nodes)
}

// checkNodes checks what there is one of a node.
func (g *Graph) checkNodes() error {
	if g.Labels != nil && len(g.Labels) != g.Nodes {
		return fmt.Errorf("graphfile: Labels has %d values, want one a node (%d)", len(g.Labels), g.Nodes)
	}
	if i := slices.IndexFunc(g.Labels, func(l int) bool { return l < Unlabeled }); i >= 0 {
		return fmt.Errorf("graphfile: Labels[%d] = %d, want at least -1 (-1: none)", i, g.Labels[i])
	}
	if g.Names != nil && len(g.Names) != g.Nodes {
		return fmt.Errorf("graphfile: Names has %d values, want one a node (%d)", len(g.Names), g.Nodes)
	}
	return nil
}

func (f *Features) check(nodes int) error {
	if f.Rows != nodes {
		return fmt.Errorf("graphfile: Features.Rows = %d, want one a node (%d)", f.Rows, nodes)
	}
	if f.Cols < 1 {
		return fmt.Errorf("graphfile: Features.Cols = %d, want at least 1", f.Cols)
	}
	if f.Dense != nil {
		if f.RowPtr != nil || f.Col != nil || f.Values != nil {
			return fmt.Errorf("graphfile: Features has Dense and compressed rows, want one of them")
		}
		if len(f.Dense) != f.Rows*f.Cols {
			return fmt.Errorf("graphfile: Features.Dense has %d values, want Rows*Cols = %d", len(f.Dense), f.Rows*f.Cols)
		}
		return nil
	}
	if f.Values != nil && len(f.Values) != len(f.Col) {
		return fmt.Errorf("graphfile: Features.Values has %d values, want as many as Col (%d)", len(f.Values), len(f.Col))
	}
	return checkRows("Features.", f.Rows, f.RowPtr, f.Col, f.Cols)
}

func checkRows(prefix string, rows int, ptr, col []int32, cols int) error {
	if len(ptr) != rows+1 {
		return fmt.Errorf("graphfile: %sRowPtr has %d values, want %d", prefix, len(ptr), rows+1)
	}
	for i := range ptr {
		if i == 0 && ptr[0] != 0 || i > 0 && ptr[i] < ptr[i-1] {
			return fmt.Errorf("graphfile: %sRowPtr[%d] = %d, want numbers that rise from 0", prefix, i, ptr[i])
		}
	}
	if int(ptr[rows]) != len(col) {
		return fmt.Errorf("graphfile: %sRowPtr[%d] = %d, want the length of Col (%d)", prefix, rows, ptr[rows], len(col))
	}
	for p, j := range col {
		if j < 0 || int(j) >= cols {
			return fmt.Errorf("graphfile: %sCol[%d] = %d, want 0 to %d", prefix, p, j, cols-1)
		}
	}
	return nil
}
