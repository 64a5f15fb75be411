package graphfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// Bounds of the buckets.
const (
	bucketEntries = 1 << 22 // of a bucket, on average
	mostBuckets   = 256     // and so many open files
)

// diskRows makes the rows of an undirected graph from directed entries in any
// order, by the rules of the package comment. Entries wait in buckets of
// consecutive rows, in files; a bucket is sorted in memory.
type diskRows struct {
	nodes, per int // nodes, and rows of a bucket
	buckets    []*bucket
	entries    int64 // once they are merged
	first      bool  // node 0 has an edge
	last       bool  // and so has the last node
	changes

	loaded int // the bucket that is in memory, −1: none
	rows   *builtRows
}

// bucket is the entries of some rows, first as they came, then merged.
type bucket struct {
	f     *os.File
	w     *bufio.Writer
	count int
}

// newDiskRows makes buckets in dir for about so many entries, each direction
// counted, and about so many in each.
func newDiskRows(dir string, nodes int, entries, each int64, weighted bool) (*diskRows, error) {
	n := int(max(1, min(entries/each, mostBuckets, int64(nodes))))
	d := &diskRows{nodes: nodes, per: (nodes + n - 1) / n, loaded: -1}
	d.weighted = weighted
	for k := 0; k*d.per < nodes; k++ {
		f, err := passing(dir)
		if err != nil {
			return nil, errors.Join(err, d.close())
		}
		d.buckets = append(d.buckets, &bucket{f: f, w: bufio.NewWriterSize(f, 1<<16)})
	}
	return d, nil
}

// add puts an entry from i to j into both rows, unless it is a loop or has the
// weight 0, which are counted.
func (d *diskRows) add(i, j uint32, w float32) error {
	switch {
	case i == j:
		d.loops++
		return nil
	case d.weighted && w == 0:
		d.zeros++
		return nil
	}
	d.first = d.first || min(i, j) == 0
	d.last = d.last || int(max(i, j)) == d.nodes-1
	if err := d.put(i, j<<1, w); err != nil {
		return err
	}
	return d.put(j, i<<1|1, w)
}

// put appends a key of row i to its bucket.
func (d *diskRows) put(i, key uint32, w float32) error {
	b := d.buckets[int(i)/d.per]
	b.count++
	var record [12]byte
	binary.LittleEndian.PutUint32(record[:], i)
	binary.LittleEndian.PutUint32(record[4:], key)
	binary.LittleEndian.PutUint32(record[8:], math.Float32bits(w))
	_, err := b.w.Write(record[:d.recordSize()])
	return err
}

func (d *diskRows) recordSize() int {
	if d.weighted {
		return 12
	}
	return 8
}

// merge sorts all buckets and makes one entry of those of one edge. names are
// those of the nodes, for errors.
func (d *diskRows) merge(names []string) error {
	plain := true // all weights are 1
	for k, b := range d.buckets {
		r, err := d.sorted(k)
		if err != nil {
			return err
		}
		if err := r.check(names); err != nil {
			return err
		}
		d.changes.add(r.changes)
		plain = plain && r.val == nil
		d.entries += int64(len(r.key))
		if err := b.keep(r, d.weighted); err != nil {
			return err
		}
	}
	// The files have weights; where all are 1 nobody reads them.
	d.weighted = d.weighted && !plain
	return nil
}

// sorted is the rows of bucket k, merged.
func (d *diskRows) sorted(k int) (*builtRows, error) {
	b, from := d.buckets[k], k*d.per
	r := &builtRows{ptr: make([]int32, min(d.per, d.nodes-from)+1), infinite: -1, from: from}
	r.size = make([]int32, len(r.ptr)-1)
	err := b.each(d.recordSize(), func(record []byte) {
		r.ptr[int(binary.LittleEndian.Uint32(record))-from+1]++
	})
	if err != nil {
		return nil, err
	}
	for i := range r.size {
		r.ptr[i+1] += r.ptr[i]
	}
	r.key = make([]int32, b.count)
	if d.weighted {
		r.val = make([]float32, b.count)
	}
	at := append([]int32(nil), r.ptr...)
	err = b.each(d.recordSize(), func(record []byte) {
		i := int(binary.LittleEndian.Uint32(record)) - from
		r.key[at[i]] = int32(binary.LittleEndian.Uint32(record[4:]))
		if d.weighted {
			r.val[at[i]] = math.Float32frombits(binary.LittleEndian.Uint32(record[8:]))
		}
		at[i]++
	})
	if err != nil {
		return nil, err
	}
	r.mergeRows(0, len(r.size))
	if r.infinite < 0 {
		r.compact()
	}
	return r, nil
}

// each calls f with the records of the bucket, in their order.
func (b *bucket) each(size int, f func(record []byte)) error {
	if b.w != nil {
		if err := b.w.Flush(); err != nil {
			return err
		}
	}
	if _, err := b.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(b.f, 1<<20)
	record := make([]byte, size)
	for range b.count {
		if _, err := io.ReadFull(in, record); err != nil {
			return fmt.Errorf("%s: %w", b.f.Name(), noEOF(err))
		}
		f(record)
	}
	return nil
}

// keep replaces the bucket by its rows: their sizes, columns and weights.
func (b *bucket) keep(r *builtRows, weighted bool) error {
	if _, err := b.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	b.w.Reset(b.f)
	b.count = len(r.key)
	values := []any{r.size, r.key}
	if weighted {
		w := r.val
		if w == nil {
			w = make([]float32, len(r.key))
			for i := range w {
				w[i] = 1
			}
		}
		values = append(values, w)
	}
	for _, v := range values {
		if err := binary.Write(b.w, binary.LittleEndian, v); err != nil {
			return err
		}
	}
	err := b.w.Flush()
	b.w = nil
	return err
}

// load reads the rows of bucket k.
func (d *diskRows) load(k int) error {
	if d.loaded == k {
		return nil
	}
	b := d.buckets[k]
	if _, err := b.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	size := make([]int32, min(d.per, d.nodes-k*d.per))
	r := &builtRows{ptr: make([]int32, len(size)+1), key: make([]int32, b.count)}
	values := []any{size, r.key}
	if d.weighted {
		r.val = make([]float32, b.count)
		values = append(values, r.val)
	}
	in := bufio.NewReaderSize(b.f, 1<<20)
	for _, v := range values {
		if err := binary.Read(in, binary.LittleEndian, v); err != nil {
			return fmt.Errorf("%s: %w", b.f.Name(), noEOF(err))
		}
	}
	for i, n := range size {
		r.ptr[i+1] = r.ptr[i] + n
	}
	d.loaded, d.rows = k, r
	return nil
}

// read appends the rows from lo up to hi, as DiskGraph.Rows does.
func (d *diskRows) read(lo, hi int, ptr []int64, col []int32, weights []float32) ([]int64, []int32, []float32, error) {
	for lo < hi {
		k := lo / d.per
		if err := d.load(k); err != nil {
			return nil, nil, nil, err
		}
		i, end := lo-k*d.per, min(hi-k*d.per, len(d.rows.ptr)-1)
		p, q := d.rows.ptr[i], d.rows.ptr[end]
		shift := int64(len(col)) - int64(p)
		for _, at := range d.rows.ptr[i+1 : end+1] {
			ptr = append(ptr, shift+int64(at))
		}
		col = append(col, d.rows.key[p:q]...)
		if d.weighted {
			weights = append(weights, d.rows.val[p:q]...)
		}
		lo += end - i
	}
	return ptr, col, weights, nil
}

// close removes the buckets.
func (d *diskRows) close() error {
	var errs []error
	for _, b := range d.buckets {
		errs = append(errs, forget(b.f))
	}
	return errors.Join(errs...)
}
