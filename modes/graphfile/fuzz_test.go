package graphfile

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zip"
)

// full is a graph with every array that is read.
func full() npz {
	return path3().with(
		f4("attr_data", 2, 5), i4("attr_indices", 4, 0), i4("attr_indptr", 0, 1, 1, 2), i8("attr_shape", 3, 5),
		i8("labels", 7, 8, 9), raw{"label_mask", "|u1", []int{3}, []uint8{1, 0, 1}},
		raw{"node_names", "<U2", []int{3}, utf32(2, "a", "bc", "d")})
}

func FuzzReadNPZ(f *testing.F) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		b := full().bytes(f, method)
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Add(path3().with(raw{"features", ">f8", []int{3, 1}, []float64{1, 2, 3}}, i8("labels", 7), i4("label_indices", 2)).bytes(f, zip.Store))
	f.Add(path3().with(raw{"x", "<f4", []int{3, 1}, []float32{1, 2, 3}}, i8("y", 7, 0, 7), raw{"names", "<U1", []int{3}, utf32(1, "b", "a", "c")}).bytes(f, zip.Store))
	f.Add(npz{raw{"edge_index", "<i8", []int{2, 2}, []int64{0, 1, 1, 2}}, raw{"num_nodes", "<i8", nil, []int64{4}}, f4("edge_weight", 2, 3)}.bytes(f, zip.Store))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, err := ReadNPZ(bytes.NewReader(b), int64(len(b)), "g.npz"); err == nil {
			requireSound(t, g)
		}
	})
}

// FuzzNPZArray puts any bytes in the place of one array, behind a checksum
// that fits.
func FuzzNPZArray(f *testing.F) {
	for i, a := range full() {
		f.Add(uint8(i), a.bytes(f))
	}
	f.Add(uint8(0), npyHead("<f4", []int{1 << 30}))
	f.Add(uint8(9), npyHead("|O", []int{3}))
	f.Add(uint8(3), []byte("\x93NUMPY\x01\x00\x03\x00{}\n"))
	f.Fuzz(func(t *testing.T, at uint8, b []byte) {
		n := full()
		i := int(at) % len(n)
		n[i] = raw{name: n[i].name, data: b}
		if g, err := n.read(t); err == nil {
			requireSound(t, g)
		}
	})
}

func FuzzReadEdgeList(f *testing.F) {
	for _, s := range []string{
		"0 1\n1 2\n", "a,b,1.5\nb,c,2\n", "# c\nsource\ttarget\nx\ty\n", "0 1 2\n1 0 4\n0 0 1\n1 2 0\n",
		"1 99999\n", "0 1 NaN\n", "a b c d\n", "", string(gzipped(f, "0 1\n1 2\n")),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, err := ReadEdgeList(bytes.NewReader(b), "edges.txt"); err == nil {
			requireSound(t, g)
		}
	})
}
