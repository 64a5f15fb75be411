// Package shard keeps a graph on disk in blocks of rows, for training on graphs
// that are larger than memory.
//
// A store is a folder. [Write] makes one from a [Source], which returns the
// graph a few rows at a time, and [Open] reads one, a block at a time:
//
//	meta.json       what the store holds; see [Meta]
//	blocks.bin      int64: the first row, entry and byte of names.bin of each block, and the ends
//	rows.bin        int64: the first entry of each row
//	columns.bin     int32: the column of each entry
//	weights.bin     float32: the weight of each entry; only if the graph has weights
//	degrees.bin     float64: the sum of each row of A
//	features-0.bin  X, row by row, float32 or bfloat16
//	features-t.bin  ÂᵗX, for t = 1 to Meta.Propagated
//	labels.bin      int32: the class of each node, −1: none; only if the graph has labels
//	order.bin       int64: the number of each row before the rows were ordered
//	names.bin       the name of each node, preceded by its length as an unsigned varint
//
// All numbers are little-endian. A file has its values from the first byte on,
// so other programs can read them, and then a CRC-32C of each block, 4 bytes
// each. A whole block is read at once (pread). If it does not match its
// checksum, the error names the file.
//
// A is symmetric, as [github.com/graphpool/graphpool/modes/graphfile] reads it.
// Â = D^-½(A+I)D^-½, with the degrees of A + I, is that of modes.GCN: a diagonal
// entry of A stays in addition to the added loop, and a node without edges keeps
// its own features.
package shard
