package ops

import (
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// fence is memory between pages that end the process when they are touched.
type fence struct {
	t    testing.TB
	maps [][]byte
	low  bool // the memory begins at a page; otherwise it ends at one
}

func (f *fence) bytes(n int) unsafe.Pointer {
	page := syscall.Getpagesize()
	inner := max(1, (n+page-1)/page) * page
	m, err := syscall.Mmap(-1, 0, inner+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(f.t, err)
	require.NoError(f.t, syscall.Mprotect(m[:page], syscall.PROT_NONE))
	require.NoError(f.t, syscall.Mprotect(m[page+inner:], syscall.PROT_NONE))
	f.maps = append(f.maps, m)
	if f.low {
		return unsafe.Pointer(&m[page])
	}
	return unsafe.Pointer(&m[page+inner-n])
}

func (f *fence) free() {
	for _, m := range f.maps {
		require.NoError(f.t, syscall.Munmap(m))
	}
	f.maps = nil
}

func fenced[T any](f *fence, n int) []T {
	var x T
	return unsafe.Slice((*T)(f.bytes(n*int(unsafe.Sizeof(x)))), n)
}

// tensor is the maker that makes tensors of ones in fenced memory.
func (f *fence) tensor(dt tensor.Dtype, shape tensor.Shape) *tensor.Dense {
	n := shape.TotalSize()
	var back any
	switch dt {
	case tensor.Float32:
		back = filled(fenced[float32](f, n))
	case tensor.Float64:
		back = filled(fenced[float64](f, n))
	default:
		back = fenced[int](f, n)
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(back))
}

func filled[T Float](x []T) []T {
	for i := range x {
		x[i] = 1
	}
	return x
}

// results puts the memory of every op's result between fences.
func (f *fence) results(p *program) {
	for _, n := range p.graph.AllNodes() {
		o, ok := n.Op().(*op)
		if !ok || o.any != nil {
			continue
		}
		size := o.out.shape.TotalSize()
		o.buf.dense = nil
		if o.buf.own = (block{f32: fenced[float32](f, size)}); o.out.dtype == tensor.Float64 {
			o.buf.own = block{f64: fenced[float64](f, size)}
		}
	}
}

// in is v in fenced memory.
func (f *fence) in(v any) any {
	d, ok := v.(*tensor.Dense)
	if !ok {
		return v
	}
	c := f.tensor(d.Dtype(), d.Shape())
	require.NoError(f.t, tensor.Copy(c, d))
	return c
}

// Every op, its derivatives, and every swap of an input run between pages
// that cannot be touched: no read and no write leaves its buffer.
func TestNothingLeavesItsBuffer(t *testing.T) {
	tried, runs := 0, 0
	for _, low := range []bool{false, true} {
		each(t, func(t *testing.T, c opCase) {
			f := &fence{t: t, low: low}
			defer f.free()
			for _, narrow := range []bool{false, true} {
				if narrow && c.wide {
					continue
				}
				with := c
				with.in = nil
				for _, in := range c.in {
					if narrow {
						in.Value = single(in.Value)
					}
					in.Value = f.in(in.Value).(G.Value)
					with.in = append(with.in, in)
				}
				runs++
				tried += swaps(t, with, f.tensor, func(p *program) { f.results(p) })
			}
		})
	}
	t.Logf("%d programs and %d swaps between pages that cannot be touched", runs, tried)
	require.Greater(t, tried, 1000)
}
