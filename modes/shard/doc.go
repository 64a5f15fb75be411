// Package shard keeps a graph on disk in blocks of rows, for training on graphs
// that outgrow memory.
//
// A store is a folder. [Write] makes one from a [Source], which gives the graph
// some rows at a time, and [Open] reads one, a block at a time:
//
//	meta.json       what the store holds; see [Meta]
//	blocks.bin      int64: the first row, entry and byte of names.bin of each block, and the ends
//	rows.bin        int64: the first entry of each row
//	columns.bin     int32: the column of each entry
//	weights.bin     float32: the weight of each entry; where the graph has weights
//	degrees.bin     float64: the sum of each row of A
//	features-0.bin  X, row by row, float32 or bfloat16
//	features-t.bin  ÂᵗX, for t = 1 to Meta.Propagated
//	labels.bin      int32: the class of each node, −1: none; where the graph has labels
//	order.bin       int64: the number that each row had before its rows were ordered
//	names.bin       the name of each node, its length as an unsigned varint before it
//
// All numbers are little-endian. A file is its values from the first byte on, so
// that other programs can read it, and then a CRC-32C of each block, 4 bytes
// each. A whole block is read at once (pread), and what does not match its sum
// is refused by the file's name.
//
// A is symmetric, as [github.com/graphpool/graphpool/modes/graphfile] reads it.
// Â = D^-½(A+I)D^-½ with the degrees of A + I is that of modes.GCN: an entry on
// the diagonal of A stays beside the added loop, and a node without edges keeps
// its own features.
package shard
