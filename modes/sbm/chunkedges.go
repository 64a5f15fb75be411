package sbm

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"github.com/graphpool/graphpool/modes/shard"
)

// chunkDrawer draws the rows of chunks, one after the other.
type chunkDrawer struct {
	m        *chunks
	source   rand.PCG
	r        *rand.Rand
	keys     []uint64 // of a pair's edges, row<<32 | column
	more     []uint64
	row, col []int32 // of the chunk's entries, rows from its first
}

func newChunkDrawer(m *chunks) *chunkDrawer {
	d := &chunkDrawer{m: m}
	d.r = rand.New(&d.source)
	return d
}

// rows sets e to the rows of chunk p.
func (d *chunkDrawer) rows(p int, e *shard.Edges) error {
	d.row, d.col = d.row[:0], d.col[:0]
	for _, s := range d.m.all[p].parts {
		for _, t := range d.m.of[s.cluster] {
			if err := d.within(s, t); err != nil {
				return err
			}
		}
	}
	for q := range d.m.all {
		if err := d.across(p, q); err != nil {
			return err
		}
	}
	d.compress(d.m.all[p].rows, e)
	return nil
}

// within draws the edges of two parts of a cluster and takes those of s.
func (d *chunkDrawer) within(s, t *part) error {
	a, b := s, t
	if b.first < a.first {
		a, b = b, a
	}
	d.source.Seed(d.m.seed, mixed(withinStream, uint64(a.first), uint64(b.first)))
	mean, pairs := d.m.withinPair(a, b)
	err := d.distinct(count(d.r, mean, pairs), func() (i, j int) {
		return a.first + a.ends.draw(d.r), b.first + b.ends.draw(d.r)
	})
	d.take(d.m.all[s.chunk].first, a == s, b == s)
	return err
}

// across draws the edges of two chunks between clusters and takes those of p.
func (d *chunkDrawer) across(p, q int) error {
	lo, hi := min(p, q), max(p, q)
	mean, pairs := d.m.acrossPair(lo, hi)
	d.source.Seed(d.m.seed, mixed(acrossStream, uint64(lo), uint64(hi)))
	a, b := &d.m.all[lo], &d.m.all[hi]
	apart := a.parts[len(a.parts)-1].cluster < b.parts[0].cluster
	err := d.distinct(count(d.r, mean, pairs), func() (i, j int) {
		for {
			i, j = a.first+a.ends.draw(d.r), b.first+b.ends.draw(d.r)
			if apart || a.clusterOf(i) != b.clusterOf(j) {
				return i, j
			}
		}
	})
	d.take(d.m.all[p].first, lo == p, hi == p)
	return err
}

// distinct sets d.keys to n different edges without self loops, ascending.
func (d *chunkDrawer) distinct(n int, draw func() (i, j int)) error {
	d.keys = d.keys[:0]
	for tries := 0; len(d.keys) < n; {
		d.more = d.more[:0]
		for range n - len(d.keys) {
			if i, j := draw(); i != j {
				d.more = append(d.more, uint64(min(i, j))<<32|uint64(max(i, j)))
			}
		}
		if tries += n - len(d.keys); tries > triesPerEdge*(n+1) {
			return noRoom(len(d.keys), n)
		}
		d.keys = append(d.keys, d.more...)
		slices.Sort(d.keys)
		d.keys = slices.Compact(d.keys)
	}
	return nil
}

// take adds the entries of d.keys whose row is the smaller node, the larger
// one, or both, to those of the chunk that begins at first.
func (d *chunkDrawer) take(first int, smaller, larger bool) {
	for _, key := range d.keys {
		i, j := int32(key>>32), int32(key)
		if smaller {
			d.row, d.col = append(d.row, i-int32(first)), append(d.col, j)
		}
		if larger {
			d.row, d.col = append(d.row, j-int32(first)), append(d.col, i)
		}
	}
}

// compress sorts the entries into rows, columns ascending.
func (d *chunkDrawer) compress(rows int, e *shard.Edges) {
	e.Ptr = slices.Grow(e.Ptr[:0], rows+2)[:rows+2]
	clear(e.Ptr)
	for _, i := range d.row {
		e.Ptr[i+2]++
	}
	for i := range rows {
		e.Ptr[i+2] += e.Ptr[i+1]
	}
	e.Col = slices.Grow(e.Col[:0], len(d.col))[:len(d.col)]
	for p, i := range d.row {
		e.Col[e.Ptr[i+1]] = d.col[p]
		e.Ptr[i+1]++
	}
	e.Ptr = e.Ptr[:rows+1]
	for i := range rows {
		slices.Sort(e.Col[e.Ptr[i]:e.Ptr[i+1]])
	}
}

// chunked gives rows of chunks, several of which are drawn at a time.
type chunked struct {
	drawers []*chunkDrawer
	first   int // the chunk that drawn begins with
	drawn   []shard.Edges
}

func newChunked(m *chunks) *chunked {
	c := &chunked{first: -1, drawn: make([]shard.Edges, runtime.GOMAXPROCS(0))}
	for range c.drawn {
		c.drawers = append(c.drawers, newChunkDrawer(m))
	}
	return c
}

// edges sets e to the rows from lo up to hi.
func (c *chunked) edges(lo, hi int64, e *shard.Edges) error {
	e.Ptr, e.Col, e.Weight = append(e.Ptr[:0], 0), e.Col[:0], nil
	for lo < hi {
		from, err := c.chunk(int(lo / ChunkRows))
		if err != nil {
			return err
		}
		i := lo % ChunkRows
		end := min(ChunkRows, i+hi-lo)
		shift := int64(len(e.Col)) - from.Ptr[i]
		for _, p := range from.Ptr[i+1 : end+1] {
			e.Ptr = append(e.Ptr, p+shift)
		}
		e.Col = append(e.Col, from.Col[from.Ptr[i]:from.Ptr[end]]...)
		lo += end - i
	}
	return nil
}

// chunk is the rows of chunk p, drawn together with those after it.
func (c *chunked) chunk(p int) (*shard.Edges, error) {
	if c.first >= 0 && p >= c.first && p < c.first+len(c.drawn) {
		return &c.drawn[p-c.first], nil
	}
	errs := make([]error, len(c.drawn))
	var wg sync.WaitGroup
	for k, d := range c.drawers {
		if p+k < len(d.m.all) {
			wg.Go(func() { errs[k] = d.rows(p+k, &c.drawn[k]) })
		}
	}
	wg.Wait()
	c.first = -1
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	c.first = p
	return &c.drawn[0], nil
}
