package graphfile

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zip"
)

// npzWriter writes arrays into a zip archive and keeps the first error.
type npzWriter struct {
	z   *zip.Writer
	err error
}

// writeNPZ writes g's arrays in a fixed order and without times.
func writeNPZ(out io.Writer, g *Graph) error {
	w := &npzWriter{z: zip.NewWriter(out)}
	weights := g.Weights
	if weights == nil {
		weights = ones(len(g.Col))
	}
	w.csr("adj", g.Nodes, g.Nodes, g.RowPtr, g.Col, weights)
	if f := g.Features; f != nil {
		if f.Dense != nil {
			put(w, "attr_matrix", "<f4", []int{f.Rows, f.Cols}, f.Dense, 4, putFloat)
		} else {
			values := f.Values
			if values == nil {
				values = ones(len(f.Col))
			}
			w.csr("attr", f.Rows, f.Cols, f.RowPtr, f.Col, values)
		}
	}
	w.labels(g.Labels)
	w.text("class_names", g.LabelNames)
	w.text("attr_names", g.FeatureNames)
	w.text("node_names", g.Names)
	if w.err != nil {
		return w.err
	}
	return w.z.Close()
}

func (w *npzWriter) csr(prefix string, rows, cols int, ptr, col []int32, val []float32) {
	put(w, prefix+"_data", "<f4", []int{len(val)}, val, 4, putFloat)
	put(w, prefix+"_indices", "<i4", []int{len(col)}, col, 4, putInt32)
	put(w, prefix+"_indptr", "<i4", []int{len(ptr)}, ptr, 4, putInt32)
	put(w, prefix+"_shape", "<i8", []int{2}, []int{rows, cols}, 8, putInt)
}

func (w *npzWriter) labels(labels []int) {
	if labels == nil {
		return
	}
	put(w, "labels", "<i8", []int{len(labels)}, labels, 8, putInt)
	mask, none := make([]byte, len(labels)), false
	for i, l := range labels {
		mask[i] = 1
		if l == Unlabeled {
			mask[i], none = 0, true
		}
	}
	if none {
		put(w, "label_mask", "|u1", []int{len(mask)}, mask, 1, func(b []byte, v byte) { b[0] = v })
	}
}

// text writes strings as UTF-32, each as long as the longest.
func (w *npzWriter) text(name string, s []string) {
	if s == nil {
		return
	}
	width := 1
	for _, x := range s {
		width = max(width, utf8.RuneCountInString(x))
	}
	put(w, name, fmt.Sprintf("<U%d", width), []int{len(s)}, s, 4*width, func(b []byte, v string) {
		clear(b)
		for _, r := range v {
			binary.LittleEndian.PutUint32(b, uint32(r))
			b = b[4:]
		}
	})
}

func putFloat(b []byte, v float32) { binary.LittleEndian.PutUint32(b, math.Float32bits(v)) }
func putInt32(b []byte, v int32)   { binary.LittleEndian.PutUint32(b, uint32(v)) }
func putInt(b []byte, v int)       { binary.LittleEndian.PutUint64(b, uint64(v)) }

// put writes one array of elements of size bytes. A dense matrix is stored
// plain: floats that differ do not compress.
func put[T any](w *npzWriter, name, descr string, shape []int, v []T, size int, enc func([]byte, T)) {
	if w.err != nil {
		return
	}
	h := &zip.FileHeader{Name: name + ".npy", Method: zip.Deflate}
	if len(shape) > 1 {
		h.Method = zip.Store
	}
	out, err := w.z.CreateHeader(h)
	if err != nil {
		w.err = err
		return
	}
	if _, err := out.Write(npyHead(descr, shape)); err != nil {
		w.err = err
		return
	}
	w.err = encode(out, v, size, enc)
}

func encode[T any](out io.Writer, v []T, size int, enc func([]byte, T)) error {
	per := max(1, (1<<16)/size)
	buf := make([]byte, per*size)
	for len(v) > 0 {
		n := min(per, len(v))
		for i, x := range v[:n] {
			enc(buf[i*size:(i+1)*size], x)
		}
		if _, err := out.Write(buf[:n*size]); err != nil {
			return err
		}
		v = v[n:]
	}
	return nil
}

// npyHead returns the header of an array in version 1.0 of the npy format,
// padded so that the values begin at a multiple of 64 bytes.
func npyHead(descr string, shape []int) []byte {
	comma := ""
	if len(shape) == 1 {
		comma = ","
	}
	s := strings.TrimSuffix(shapeText(shape), ")") + comma + ")"
	dict := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, s)
	dict += strings.Repeat(" ", 63-(10+len(dict))%64) + "\n"
	head := append([]byte("\x93NUMPY\x01\x00"), 0, 0)
	binary.LittleEndian.PutUint16(head[8:], uint16(len(dict)))
	return append(head, dict...)
}
