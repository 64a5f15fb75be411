package graphfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"codeberg.org/sbinet/npyio/npy"
)

// maxHeader bounds the header of an npy array; numpy writes about 128 bytes.
const maxHeader = 1 << 16

// npyHeader reads the header of an npy array from r and leaves r at its first
// value. The dictionary is parsed by npyio; its values are not read with it,
// because it takes missing bytes for zeros and allocates what a file declares.
func npyHeader(r io.Reader) (npy.Header, error) {
	pre := make([]byte, 10)
	if _, err := io.ReadFull(r, pre); err != nil {
		return npy.Header{}, fmt.Errorf("no npy header: %w", err)
	}
	if !bytes.Equal(pre[:6], npy.Magic[:]) {
		return npy.Header{}, fmt.Errorf("not an npy array")
	}
	size := int(binary.LittleEndian.Uint16(pre[8:]))
	if pre[6] >= 2 {
		more := make([]byte, 2)
		if _, err := io.ReadFull(r, more); err != nil {
			return npy.Header{}, fmt.Errorf("no npy header: %w", err)
		}
		size |= int(binary.LittleEndian.Uint16(more)) << 16
		pre = append(pre, more...)
	}
	if size > maxHeader {
		return npy.Header{}, fmt.Errorf("npy header of %d bytes, want at most %d", size, maxHeader)
	}
	dict := make([]byte, size)
	if _, err := io.ReadFull(r, dict); err != nil {
		return npy.Header{}, fmt.Errorf("npy header cut off: %w", err)
	}
	return parseHeader(append(pre, dict...))
}

// parseHeader shields from npyio's panics on dictionaries that no numpy wrote.
func parseHeader(b []byte) (h npy.Header, err error) {
	defer func() {
		if recover() != nil {
			h, err = npy.Header{}, fmt.Errorf("npy header is malformed")
		}
	}()
	r, err := npy.NewReader(bytes.NewReader(b))
	if err != nil {
		return npy.Header{}, fmt.Errorf("npy header is malformed: %w", err)
	}
	h = r.Header
	h.Descr.Type = strings.Trim(h.Descr.Type, `'"`) // npyio leaves the dictionary's quotes on
	return h, nil
}
