package assignment

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

// WriteNPY writes a rows × cols matrix of float32, row by row, as a NumPy array
// of format 1.0, for the shares S of clusters and for embeddings. It errs where
// values has another length than rows·cols.
func WriteNPY(w io.Writer, rows, cols int, values []float32) error {
	if rows < 0 || cols < 0 || len(values) != rows*cols {
		return fmt.Errorf("assignment: %d values, want %d × %d", len(values), rows, cols)
	}
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", rows, cols)
	const before = 10 // magic, version and the header's length
	header += strings.Repeat(" ", 63-(before+len(header))%64) + "\n"
	out := bufio.NewWriter(w)
	_, _ = out.WriteString("\x93NUMPY\x01\x00") // Flush's error is this one's
	_ = binary.Write(out, binary.LittleEndian, uint16(len(header)))
	_, _ = out.WriteString(header)
	var b [4]byte
	for _, v := range values {
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(v))
		_, _ = out.Write(b[:])
	}
	return out.Flush()
}
