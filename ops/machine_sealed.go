package ops

import (
	"unsafe"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Seal promises that nothing writes into the memory of the tensors of floats that
// these inputs have, as long as the workspace is used. Ops that keep what they
// computed from an input know it then by its place, and need no fingerprint of its
// content. An input may still be given another tensor, by Let: that has another
// place. Further calls add inputs.
func (w *Workspace) Seal(inputs ...*G.Node) {
	for _, n := range inputs {
		if n != nil {
			w.inputs = append(w.inputs, n)
		}
	}
}

// seal notes where the tensors of the sealed inputs lie now.
func (w *Workspace) seal() {
	clear(w.sealed)
	for _, n := range w.inputs {
		if at := placeOf(n.Value()); at != nil {
			w.sealed[at] = true
		}
	}
}

// placeOf is where the floats of a value begin; nil for other values, and none.
func placeOf(v G.Value) unsafe.Pointer {
	if v == nil {
		return nil
	}
	switch x := v.Data().(type) {
	case []float32:
		return unsafe.Pointer(unsafe.SliceData(x))
	case []float64:
		return unsafe.Pointer(unsafe.SliceData(x))
	}
	return nil
}

// content is what tells one content of an input from another. The place keeps the
// memory, so that no other tensor comes to lie there.
type content struct {
	at     unsafe.Pointer
	size   int
	print  uint64
	sealed bool // when print was taken
}

// equal tells whether two contents are the same numbers.
func (c content) equal(o content) bool { return c.size == o.size && c.print == o.print }

// contentOf is that of x, given what was read last: the same where that was
// sealed already.
func contentOf[T Float](w *Workspace, x []T, last content) content {
	at := unsafe.Pointer(unsafe.SliceData(x))
	sealed := w != nil && (w.sealed[at] || w.kept[at])
	if sealed && last.sealed && at == last.at && len(x) == last.size {
		return last
	}
	return content{at: at, size: len(x), print: kernels.Fingerprint(x), sealed: sealed}
}
