package ops

import (
	"unsafe"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Seal promises that nothing writes into the memory of these tensors of floats as
// long as the workspace is used. Ops that keep what they computed from an input know it
// then by its place, and need no fingerprint of its content. An input may still
// be given another tensor, by Let: that has another place.
func (w *Workspace) Seal(values ...G.Value) {
	for _, v := range values {
		if v == nil {
			continue
		}
		switch x := v.Data().(type) {
		case []float32:
			w.seal(unsafe.Pointer(unsafe.SliceData(x)))
		case []float64:
			w.seal(unsafe.Pointer(unsafe.SliceData(x)))
		}
	}
}

// seal is Seal of what begins at a place.
func (w *Workspace) seal(at unsafe.Pointer) {
	if w.sealed == nil {
		w.sealed = map[unsafe.Pointer]bool{}
	}
	w.sealed[at] = true
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
	sealed := w != nil && w.sealed[at]
	if sealed && last.sealed && at == last.at && len(x) == last.size {
		return last
	}
	return content{at: at, size: len(x), print: kernels.Fingerprint(x), sealed: sealed}
}
