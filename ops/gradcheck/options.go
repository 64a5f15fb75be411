package gradcheck

import (
	"fmt"
	"math"
	"strconv"

	G "gorgonia.org/gorgonia"
)

// VM names one of Gorgonia's machines.
type VM int

const (
	// Tape is the TapeMachine, which runs the gradients that Grad builds from
	// each op's SymDiff.
	Tape VM = iota
	// Lisp is the LispMachine, which calls each op's DoDiff.
	Lisp
)

// String returns the name that Gorgonia gives the machine.
func (v VM) String() string {
	switch v {
	case Tape:
		return "TapeMachine"
	case Lisp:
		return "LispMachine"
	}
	return "VM(" + strconv.Itoa(int(v)) + ")"
}

// Options sets how a case is checked. The zero value is the usual choice. A
// case with any float32 among its differentiated inputs and outputs has the
// defaults of float32.
type Options struct {
	// Step is the difference h; an entry x moves by h·max(1, |x|). Default:
	// 2^-17 (7.6e-6) in float64, 2^-8 (3.9e-3) in float32, near the cube root
	// of the machine epsilon, where rounding and truncation balance.
	Step float64
	// Tol is the largest error allowed in a gradient. Default: 1e-6 in
	// float64, 1e-2 in float32.
	Tol float64
	// ForwardTol is the largest error allowed in an output, measured like
	// that of a gradient. Default: 1e-10 in float64, 1e-5 in float32.
	ForwardTol float64
	// VMs are the machines whose gradients are checked. Default: Tape, Lisp.
	VMs []VM
	// MaxEntries bounds the entries checked in each input: a random sample of
	// this size, fixed by Seed. Default 0: all entries.
	MaxEntries int
	// Seed fixes the cotangents and the samples.
	Seed uint64
}

// withDefaults validates o and fills in what is unset.
func (o Options) withDefaults(single bool) (Options, error) {
	set := func(p *float64, d64, d32 float64) {
		if *p == 0 {
			*p = d64
			if single {
				*p = d32
			}
		}
	}
	set(&o.Step, 0x1p-17, 0x1p-8)
	set(&o.Tol, 1e-6, 1e-2)
	set(&o.ForwardTol, 1e-10, 1e-5)
	for _, f := range []struct {
		name  string
		value float64
	}{{"Step", o.Step}, {"Tol", o.Tol}, {"ForwardTol", o.ForwardTol}} {
		if !(f.value > 0) || math.IsInf(f.value, 0) {
			return o, fmt.Errorf("%s = %v, want a positive number", f.name, f.value)
		}
	}
	if o.MaxEntries < 0 {
		return o, fmt.Errorf("MaxEntries = %d, want 0 (all) or more", o.MaxEntries)
	}
	if len(o.VMs) == 0 {
		o.VMs = []VM{Tape, Lisp}
	}
	for _, v := range o.VMs {
		if v != Tape && v != Lisp {
			return o, fmt.Errorf("VMs has %v, want Tape or Lisp", v)
		}
	}
	return o, nil
}

// anySingle tells whether float32 is among the leaves or outputs.
func anySingle(in *instance) bool {
	for _, l := range in.leaves {
		if l.value.Dtype() == G.Float32 {
			return true
		}
	}
	return in.outs[0].Dtype() == G.Float32
}
