package gradcheck

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// check builds, evaluates and compares; its errors have no prefix yet.
func check(c Case, o Options) error {
	in, err := newInstance(c)
	if err != nil {
		return err
	}
	if o, err = o.withDefaults(anySingle(in)); err != nil {
		return err
	}
	if len(in.leaves) == 0 && c.Forward == nil {
		return errors.New("nothing to check: no float input that is not Fixed, and no Forward")
	}
	if err := in.finite(); err != nil {
		return err
	}
	return compare(c, o, in)
}

// compare evaluates a case that can be checked, and joins what disagrees.
func compare(c Case, o Options, in *instance) error {
	f, err := newForward(in)
	if err != nil {
		return err
	}
	defer func() { _ = f.vm.Close() }()
	outs, err := f.repeatable()
	if err == nil {
		err = in.untouched()
	}
	if err != nil {
		return err
	}
	cot := cotangents(outs, o.Seed)
	var all []*symbolic
	for _, vm := range o.VMs {
		s, err := evaluate(vm, c, in, cot)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	forwards, err := compareOutputs(c, o, in, outs, all)
	if err != nil {
		return err
	}
	grads, err := compareGradients(c, o, newNumeric(f, cot, o.Step), all)
	if err != nil {
		return err
	}
	return errors.Join(append(forwards, grads...)...)
}

// finite returns an error if an entry to differentiate at is not a number.
func (in *instance) finite() error {
	for _, l := range in.leaves {
		e, err := entriesOf(l.value)
		if err != nil {
			return err
		}
		for i := range e.n {
			if x := e.at(i); math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Errorf("%s%v = %v, want a finite number", l.name, unravel(i, l.value.Shape()), x)
			}
		}
	}
	return nil
}

// cotangents draws c for every entry of every output: of either sign, at
// least 1/2 so that no entry goes unseen, at most 3/2, with so few bits that
// float32 has them exactly.
func cotangents(outs [][]float64, seed uint64) [][]float64 {
	cot := make([][]float64, len(outs))
	for k, y := range outs {
		r := rand.New(rand.NewPCG(seed, uint64(k)))
		cot[k] = make([]float64, len(y))
		for i := range cot[k] {
			cot[k][i] = (512 + float64(r.IntN(1025))) / 1024
			if r.IntN(2) == 0 {
				cot[k][i] = -cot[k][i]
			}
		}
	}
	return cot
}
