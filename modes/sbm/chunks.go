package sbm

// part is the rows of one cluster in one chunk.
type part struct {
	first, rows  int
	chunk        int
	cluster      int
	sum, squares float64 // of θ and θ²
	ends         alias
}

// chunk is rows that are drawn together, and the parts that they fall into.
type chunk struct {
	first, rows int
	parts       []*part
	sum         float64 // of θ
	ends        alias
}

// chunks is the model, cut into chunks of rows.
type chunks struct {
	seed   uint64
	all    []chunk
	of     [][]*part // the parts of each cluster
	within []float64 // the expected edges of two nodes of cluster k, over θ_i·θ_j
	across float64   // the same of two nodes of different clusters
}

// newChunks cuts the model that c describes.
func newChunks(c Config, starts []int) *chunks {
	m := &chunks{
		seed: c.Seed, all: make([]chunk, (c.Nodes+ChunkRows-1)/ChunkRows),
		of: make([][]*part, c.Clusters), within: make([]float64, c.Clusters),
	}
	theta, k := c.degrees(starts), 0
	for p := range m.all {
		ch := &m.all[p]
		ch.first = p * ChunkRows
		ch.rows = min(ChunkRows, c.Nodes-ch.first)
		for at, end := ch.first, ch.first+ch.rows; at < end; {
			for at >= starts[k+1] {
				k++
			}
			s := newPart(p, k, at, theta[at:min(end, starts[k+1])])
			ch.parts, m.of[k] = append(ch.parts, s), append(m.of[k], s)
			ch.sum += s.sum
			at += s.rows
		}
		ch.ends = ch.parts[0].ends
		if len(ch.parts) > 1 {
			ch.ends = newAlias(theta[ch.first : ch.first+ch.rows])
		}
	}
	m.rates(c)
	return m
}

func newPart(chunk, cluster, first int, theta []float64) *part {
	s := &part{first: first, rows: len(theta), chunk: chunk, cluster: cluster, ends: newAlias(theta)}
	for _, t := range theta {
		s.sum += t
		s.squares += t * t
	}
	return s
}

// rates sets within and across so that nodes have the degrees that c expects.
func (m *chunks) rates(c Config) {
	n, squares := float64(c.Nodes), 0.
	for k, parts := range m.of {
		size, loops := 0., 0.
		for _, s := range parts {
			size += float64(s.rows)
			loops += s.squares
		}
		squares += size * size
		if pairs := size*size - loops; size > 1 && pairs > 0 {
			m.within[k] = (c.AvgDegree - c.OutDegree) * size / pairs
		}
	}
	if n*n > squares {
		m.across = c.OutDegree * n / (n*n - squares)
	}
}

// withinPair is the expected number of edges of two parts of a cluster, and
// how many there can be.
func (m *chunks) withinPair(s, t *part) (mean, pairs float64) {
	rate := m.within[s.cluster]
	if s == t {
		return rate * (s.sum*s.sum - s.squares) / 2, float64(s.rows) * float64(s.rows-1) / 2
	}
	return rate * s.sum * t.sum, float64(s.rows) * float64(t.rows)
}

// acrossPair is the same of two chunks, p ≤ q, between clusters. Clusters are
// runs of rows, so that two chunks have one in common at most.
func (m *chunks) acrossPair(p, q int) (mean, pairs float64) {
	a, b := &m.all[p], &m.all[q]
	mean, pairs = a.sum*b.sum, float64(a.rows)*float64(b.rows)
	if p == q {
		for _, s := range a.parts {
			mean -= s.sum * s.sum
			pairs -= float64(s.rows) * float64(s.rows)
		}
		mean, pairs = mean/2, pairs/2
	} else if s, t := a.parts[len(a.parts)-1], b.parts[0]; s.cluster == t.cluster {
		mean -= s.sum * t.sum
		pairs -= float64(s.rows) * float64(t.rows)
	}
	if pairs < 1 {
		return 0, 0
	}
	return m.across * max(0, mean), pairs
}

// clusterOf is the cluster of a row of the chunk.
func (c *chunk) clusterOf(row int) int {
	lo, hi := 0, len(c.parts)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; c.parts[mid].first <= row {
			lo = mid
		} else {
			hi = mid
		}
	}
	return c.parts[lo].cluster
}
