package gradcheck

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
)

// compareOutputs compares the outputs of each machine with the reference, or
// with outs where there is none.
func compareOutputs(c Case, o Options, in *instance, outs [][]float64, all []*symbolic) ([]error, error) {
	want, note := outs, "want is the output of a run without gradients"
	if c.Forward != nil {
		note = ""
		var err error
		if want, err = reference(c, in, outs); err != nil {
			return nil, err
		}
	}
	var errs []error
	for _, s := range all {
		var worst *Mismatch
		for k := range want {
			m := &Mismatch{Case: c.Name, VM: s.vm, Name: fmt.Sprint("output ", k), Forward: true, Tol: o.ForwardTol, Note: note}
			for i, w := range want[k] {
				m.add(s.outs[k][i], w, outputError(s.outs[k][i], w), i, in.outs[k].Shape())
			}
			worst = worse(worst, m)
		}
		if worst != nil {
			errs = append(errs, worst)
		}
	}
	return errs, nil
}

// outputError is relative, except that equal infinities, and NaN where NaN is
// expected, agree.
func outputError(got, want float64) float64 {
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return 0
	}
	return relative(got, want)
}

// reference calls Case.Forward with copies of the inputs.
func reference(c Case, in *instance, outs [][]float64) ([][]float64, error) {
	values := make([]G.Value, len(in.inputs))
	for i, l := range in.inputs {
		var err error
		if values[i], err = copyOf(l.value); err != nil {
			return nil, err
		}
	}
	var want [][]float64
	err := guard("Forward", func() (err error) {
		want, err = c.Forward(values)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(want) != len(outs) {
		return nil, fmt.Errorf("%d outputs from Forward, %d from Build", len(want), len(outs))
	}
	for k, w := range want {
		if w != nil && len(w) != len(outs[k]) {
			return nil, fmt.Errorf("%d entries from Forward for output %d, want %d of shape %v", len(w), k, len(outs[k]), in.outs[k].Shape())
		}
	}
	return want, nil
}
