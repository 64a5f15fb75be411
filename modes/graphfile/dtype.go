package graphfile

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
)

// dtype is a numpy element type: a kind letter as in '<f4' and a size in bytes.
type dtype struct {
	kind  byte
	size  int
	order binary.ByteOrder
}

// parseDtype reads a descriptor such as '<f4', '|u1' or '>U20'.
func parseDtype(s string) (dtype, error) {
	bad := fmt.Errorf("dtype %q, want f4, f8, i1 to i8, u1 to u8 or b1", s)
	d := dtype{order: binary.LittleEndian}
	if len(s) < 2 {
		return d, bad
	}
	switch s[0] {
	case '>':
		d.order = binary.BigEndian
	case '<', '|', '=':
	default:
		return d, bad
	}
	d.kind = s[1]
	if d.kind == 'O' {
		return d, nil
	}
	n, err := strconv.ParseUint(s[2:], 10, 28)
	if err != nil {
		return d, bad
	}
	d.size = int(n)
	if d.kind == 'U' {
		d.size *= 4
	}
	return d, nil
}

// float returns the function that reads one element as a float64.
func (d dtype) float() (func([]byte) float64, error) {
	if d.kind == 'f' {
		switch d.size {
		case 4:
			return func(b []byte) float64 { return float64(math.Float32frombits(d.order.Uint32(b))) }, nil
		case 8:
			return func(b []byte) float64 { return math.Float64frombits(d.order.Uint64(b)) }, nil
		}
		return nil, d.unwanted()
	}
	if d.kind == 'u' && d.size == 8 {
		return func(b []byte) float64 { return float64(d.order.Uint64(b)) }, nil
	}
	whole, err := d.whole()
	if err != nil {
		return nil, err
	}
	return func(b []byte) float64 { return float64(whole(b)) }, nil
}

// whole returns the function that reads one element of an integer or boolean
// dtype as an int64.
func (d dtype) whole() (func([]byte) int64, error) {
	switch {
	case d.kind == 'b' && d.size == 1:
		return func(b []byte) int64 { return int64(min(b[0], 1)) }, nil
	case d.kind == 'i' || d.kind == 'u':
	default:
		return nil, d.unwanted()
	}
	signed := d.kind == 'i'
	switch d.size {
	case 1:
		return pick(signed, func(b []byte) int64 { return int64(int8(b[0])) }, func(b []byte) int64 { return int64(b[0]) }), nil
	case 2:
		return pick(signed, func(b []byte) int64 { return int64(int16(d.order.Uint16(b))) },
			func(b []byte) int64 { return int64(d.order.Uint16(b)) }), nil
	case 4:
		return pick(signed, func(b []byte) int64 { return int64(int32(d.order.Uint32(b))) },
			func(b []byte) int64 { return int64(d.order.Uint32(b)) }), nil
	case 8:
		return pick(signed, func(b []byte) int64 { return int64(d.order.Uint64(b)) },
			func(b []byte) int64 { return int64(min(d.order.Uint64(b), math.MaxInt64)) }), nil
	}
	return nil, d.unwanted()
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

func (d dtype) unwanted() error {
	switch d.kind {
	case 'O':
		return fmt.Errorf("holds Python objects, want numbers: save it without pickle")
	case 'U', 'S':
		return fmt.Errorf("holds text, want numbers")
	}
	return fmt.Errorf("dtype %c%d, want f4, f8, i1 to i8, u1 to u8 or b1", d.kind, d.size)
}
