package train

import (
	"fmt"
	"hash"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// tap is an op that copies its input's value out of the run. Registers are
// used again by later instructions, so a node's value is its own only at the
// moment in which an op reads it. A tap computes nothing else: its result is
// the number 0, which nobody reads.
//
// The copy goes to a buffer that the tap keeps from run to run.
type tap struct {
	on     bool // copy in the next run
	value  G.Value
	looks  bool // for numbers that are not finite, while it copies
	finite bool // what it found; true where it did not look
}

// newTap puts a tap on n and returns it with its node, which must be a root
// of the program for the tap to run.
func newTap(n *G.Node) (*tap, *G.Node, error) {
	for {
		t := &tap{on: true, finite: true}
		root, err := G.ApplyOp(&tapOp{tap: t, input: n.Type()}, n)
		if err != nil {
			return nil, nil, fmt.Errorf("train: cannot read node %v: %w", n, err)
		}
		if !sharesHash(root) {
			return t, root, nil
		}
		// The next tap has another address, so another hash: the graph keeps
		// this one, which no program runs.
	}
}

// sharesHash tells whether another node of the graph has n's 32-bit hash. The
// TapeMachine's compiler would take the two for the same, and not run one.
func sharesHash(n *G.Node) bool {
	for _, other := range n.Graph().AllNodes() {
		if other != n && other.Hashcode() == n.Hashcode() {
			return true
		}
	}
	return false
}

// tapOp is the op of one tap. No two taps are equal, so Gorgonia never merges
// them.
type tapOp struct {
	tap   *tap
	input hm.Type
}

func (o *tapOp) Arity() int            { return 1 }
func (o *tapOp) Type() hm.Type         { return hm.NewFnType(o.input, tensor.Float64) }
func (o *tapOp) ReturnsPtr() bool      { return false }
func (o *tapOp) OverwritesInput() int  { return -1 }
func (o *tapOp) CallsExtern() bool     { return false }
func (o *tapOp) DiffWRT(n int) []bool  { return make([]bool, n) }
func (o *tapOp) String() string        { return "Tap" }
func (o *tapOp) WriteHash(h hash.Hash) { fmt.Fprintf(h, "train.tap %p", o.tap) }

func (o *tapOp) Hashcode() uint32 {
	h := newHash()
	o.WriteHash(h)
	return h.Sum32()
}

func (o *tapOp) InferShape(...G.DimSizer) (tensor.Shape, error) {
	return tensor.ScalarShape(), nil
}

// SymDiff is never asked for: a tap is a root. It refuses, rather than let a
// gradient of zero pass.
func (o *tapOp) SymDiff(G.Nodes, *G.Node, *G.Node) (G.Nodes, error) {
	return nil, fmt.Errorf("train: a tap has no gradient")
}

// Do copies the value. A panic would end the process, because the machine
// runs ops on a goroutine of its own.
func (o *tapOp) Do(inputs ...G.Value) (_ G.Value, err error) {
	defer recovered("reading a value", &err)
	if len(inputs) != 1 {
		return nil, fmt.Errorf("train: tap got %d values, want 1", len(inputs))
	}
	if o.tap.on {
		err = o.tap.read(inputs[0])
	}
	return G.NewF64(0), err
}

// read copies v.
func (t *tap) read(v G.Value) (err error) {
	done := false
	if t.looks {
		t.finite, done = copyFinite(t.value, v)
	}
	if !done {
		t.value, err = copyValue(t.value, v)
	}
	return err
}
