package kernels

import "unsafe"

//go:generate go -C gen run .

// isa is a set of vector instructions. The assembly is written for two; plain
// Go serves every other machine and the build tag purego.
type isa uint8

const (
	plain isa = iota
	avx2
	avx512
)

// lanes returns the elements in a vector.
func lanes[T Float]() int {
	n := 16
	if level < avx512 {
		n = 8
	}
	if !is32[T]() {
		n /= 2
	}
	return n
}

// panel describes columns processed together: vecs vectors from column from
// on, the last of them with tail elements.
type panel struct{ from, vecs, tail int }

// columns is how many columns it has.
func (p panel) columns(lanes int) int { return (p.vecs-1)*lanes + p.tail }

// next returns the panel after p among n columns, no wider than one of widths,
// which ascend; ok is false after the last.
func (p panel) next(n, lanes int, widths []int) (q panel, ok bool) {
	q.from = p.from
	if p.vecs > 0 {
		q.from += p.columns(lanes)
	}
	left := n - q.from
	if left <= 0 {
		return q, false
	}
	need := (left + lanes - 1) / lanes
	q.vecs, q.tail = 1, lanes
	for _, w := range widths {
		if w <= need {
			q.vecs = w
		}
	}
	if q.vecs == need {
		q.tail = left - (need-1)*lanes
	}
	return q, true
}

// The panel widths, in vectors, that the assembly has: those of products by
// instruction set, those of everything else that keeps a row in registers, of
// the gradient of a maximum, of the softmax of segments, and of sums over
// clusters.
var (
	gemmWidths    = [...][]int{plain: nil, avx2: {1, 2}, avx512: {1, 2, 3, 4}}
	rowWidths     = []int{1, 2, 3, 4, 5, 6, 7, 8}
	maxGradWidths = []int{1, 2, 4}
	segmentWidths = []int{1, 2}
	clusterWidths = []int{1, 2}
)

// panels calls f for panels that cover n columns, none wider than the widths
// that exist.
func panels[T Float](n int, widths []int, f func(p panel)) {
	l := lanes[T]()
	for p, ok := (panel{}).next(n, l, widths); ok; p, ok = p.next(n, l, widths) {
		f(p)
	}
}

// panelCount is how many panels they are.
func panelCount[T Float](n int, widths []int) int {
	widest := widths[len(widths)-1] * lanes[T]()
	return (n + widest - 1) / widest
}

// at returns the address of x[i], or one that is not to be read where x ends
// before it; nil for a nil slice.
func at[T any](x []T, i int) *T {
	if uint(i) < uint(len(x)) {
		return &x[i]
	}
	return unsafe.SliceData(x)
}

// sizeOf returns the bytes of an element.
func sizeOf[T Float]() int {
	var z T
	return int(unsafe.Sizeof(z))
}
