package stream

// groupBytes is the memory of A·S of a group of blocks, if that is enough for all
// lanes. A·S is made of a whole group before anything else is made of it: rows of
// S are read in any order, and stay in the caches for longer where nothing else
// is read in between. Of 1,000,000 nodes in 16 clusters this saved a tenth of the
// time of the gradient, and larger groups no more.
const groupBytes = 16 << 20

// groupOf is how many blocks a group has, where A·S of one takes so many bytes.
func groupOf(blocks int, bytes int64, lanes int) int {
	return int(min(int64(blocks), max(groupBytes/bytes, int64(aheadOfALane*lanes))))
}

// ProductBytes is the memory of A·S that a Model makes at a time, of so many nodes
// and clusters in numbers of so many bytes, in so many lanes.
func ProductBytes(nodes, k, size int64, lanes int) int64 {
	block := TileRows * k * size
	blocks := int((nodes + TileRows - 1) / TileRows)
	return min(nodes*k*size, block*int64(groupOf(blocks, block, lanes)))
}

// productBytes is the memory of A·S of a block.
func (m *Model) productBytes() int64 {
	return int64(m.read.rows) * int64(m.k) * int64(m.store.Dtype().Size())
}

// keepProducts lets A·S of all blocks stay in memory from Edges to Gradient, where
// it takes no more bytes than keep, and gives what is left of these.
func (m *Model) keepProducts(keep int64) int64 {
	all := int64(m.source.Blocks()) * m.productBytes()
	if all > keep {
		return keep
	}
	m.group, m.products = m.source.Blocks(), nil
	return keep - all
}

// groups cuts blocks into groups one after the other.
func (m *Model) groups(in Blocks) (out []Blocks) {
	for b := in.From; b < in.To; b += m.group {
		out = append(out, Blocks{b, min(b+m.group, in.To)})
	}
	return out
}

// holdsAll tells whether A·S of all blocks has room.
func (m *Model) holdsAll() bool { return m.group == m.source.Blocks() }

// multiply sets m.products to A·S of a group, beside those of other groups where
// all have room, and tells each of the sums over the edges of each block, in
// order.
func (m *Model) multiply(group Blocks, s *Shares, each func(b int, sums Sums) error) error {
	if m.products == nil {
		m.products = NewShares(min(int64(m.group)*int64(m.read.rows), m.source.Meta().Nodes), m.k, m.store.Dtype())
	}
	if !m.holdsAll() {
		m.products.First, _ = m.source.Rows(group.From)
	}
	return pass(m, group, what{edges: true}, func(l *lane, first int) (Sums, error) {
		sums := edgeSums(l.block.edges, m.k)
		err := l.eachTile(m.tile, 0, func(t tile) (err error) {
			lo, hi := first+t.lo, first+t.hi
			if s.F64 != nil {
				err = l.f64.edges(m.products.rows64(lo, hi), &l.block, t, s.F64, s.rows64(lo, hi), &sums)
			} else {
				err = l.f32.edges(m.products.rows32(lo, hi), &l.block, t, s.F32, s.rows32(lo, hi), &sums)
			}
			return err
		})
		return sums, err
	}, each)
}
