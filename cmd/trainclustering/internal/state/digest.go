package state

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"slices"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

// StoreDigest tells stores apart: by the sums of all their files.
func StoreDigest(m shard.Meta) (string, error) {
	text, err := json.Marshal(m) // keys of maps are sorted
	if err != nil {
		return "", err
	}
	h := fnv.New128a()
	_, _ = h.Write(text) // a hash takes everything
	return fmt.Sprintf("store %x", h.Sum(nil)), nil
}

// Digest tells graphs apart: everything that a training reads of one.
func Digest(g *graphfile.Graph) string {
	h := fnv.New128a()
	fmt.Fprintln(h, g.Nodes)
	hashSlice(h, g.RowPtr)
	hashSlice(h, g.Col)
	hashSlice(h, g.Weights)
	if f := g.Features; f != nil {
		fmt.Fprintln(h, f.Rows, f.Cols)
		hashSlice(h, f.Dense)
		hashSlice(h, f.RowPtr)
		hashSlice(h, f.Col)
		if f.Values != nil || f.Dense != nil {
			hashSlice(h, f.Values)
		} else { // values that are all 1 once stood there as well
			hashSlice(h, slices.Repeat([]float32{1}, len(f.Col)))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// hashSlice writes the length and the values, a block at a time.
func hashSlice[T int32 | float32](h io.Writer, x []T) {
	fmt.Fprintln(h, len(x))
	for part := range slices.Chunk(x, 1<<14) {
		_ = binary.Write(h, binary.LittleEndian, part) // a hash takes everything
	}
}
