package graphfile

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/require"
)

// raw is one array of a generated npz file.
type raw struct {
	name, descr string
	shape       []int
	data        any // a slice of fixed-size values, or raw bytes
}

// npz is a generated npz file, changed by its methods.
type npz []raw

func i4(name string, v ...int32) raw   { return raw{name, "<i4", []int{len(v)}, v} }
func i8(name string, v ...int64) raw   { return raw{name, "<i8", []int{len(v)}, v} }
func f4(name string, v ...float32) raw { return raw{name, "<f4", []int{len(v)}, v} }
func f8(name string, v ...float64) raw { return raw{name, "<f8", []int{len(v)}, v} }

// path3 is the path 0–1–2, stored in both directions.
func path3() npz {
	return npz{f4("adj_data", 1, 1, 1, 1), i4("adj_indices", 1, 0, 2, 1), i4("adj_indptr", 0, 1, 3, 4), i8("adj_shape", 3, 3)}
}

// with replaces arrays of the same name and appends the others.
func (n npz) with(arrays ...raw) npz {
	out := append(npz(nil), n...)
next:
	for _, a := range arrays {
		for i := range out {
			if out[i].name == a.name {
				out[i] = a
				continue next
			}
		}
		out = append(out, a)
	}
	return out
}

func (n npz) without(name string) npz {
	var out npz
	for _, a := range n {
		if a.name != name {
			out = append(out, a)
		}
	}
	return out
}

func (a raw) bytes(t testing.TB) []byte {
	if b, ok := a.data.([]byte); ok && a.descr == "" {
		return b
	}
	b := npyHead(a.descr, a.shape)
	order := binary.AppendByteOrder(binary.LittleEndian)
	if strings.HasPrefix(a.descr, ">") {
		order = binary.BigEndian
	}
	b, err := binary.Append(b, order.(binary.ByteOrder), a.data)
	require.NoError(t, err)
	return b
}

// inColumns is the same values in Fortran's order.
func (a raw) inColumns(t testing.TB) raw {
	b := bytes.Replace(a.bytes(t), []byte("'fortran_order': False"), []byte("'fortran_order': True"), 1)
	return raw{name: a.name, data: bytes.Replace(b, []byte("), }"), []byte("), } "), 1)} // as long as before
}

func (n npz) bytes(t testing.TB, method uint16) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, a := range n {
		w, err := z.CreateHeader(&zip.FileHeader{Name: a.name + ".npy", Method: method})
		require.NoError(t, err)
		_, err = w.Write(a.bytes(t))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return out.Bytes()
}

func (n npz) read(t testing.TB) (*Graph, error) {
	b := n.bytes(t, zip.Deflate)
	return ReadNPZ(bytes.NewReader(b), int64(len(b)), "g.npz")
}

func (n npz) mustRead(t testing.TB) *Graph {
	g, err := n.read(t)
	require.NoError(t, err)
	requireSound(t, g)
	return g
}

// utf32 is text as numpy's dtype U stores it, width letters each.
func utf32(width int, words ...string) []uint32 {
	out := make([]uint32, width*len(words))
	for i, w := range words {
		for j, r := range []rune(w) {
			out[i*width+j] = uint32(r)
		}
	}
	return out
}

// requireSound checks what every graph read promises.
func requireSound(t testing.TB, g *Graph) {
	require.NoError(t, g.check())
	weight := make(map[[2]int32]float32)
	for i := range int32(g.Nodes) {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			require.NotEqual(t, i, g.Col[p], "self loop")
			if p > g.RowPtr[i] {
				require.Less(t, g.Col[p-1], g.Col[p], "row %d does not ascend", i)
			}
			w := float32(1)
			if g.Weights != nil {
				w = g.Weights[p]
			}
			require.Positive(t, w)
			weight[[2]int32{i, g.Col[p]}] = w
		}
	}
	for at, w := range weight {
		require.Equal(t, w, weight[[2]int32{at[1], at[0]}], "%v has another weight backwards", at)
	}
	if f := g.Features; f != nil && f.Dense == nil {
		require.False(t, mostlyFull(len(f.Col), f.Rows, f.Cols, f.Values == nil))
	}
}
