package kernels

// The rows of what ClusterSums.Set writes, of K numbers each. The Gram matrix,
// where it is asked for, has the K rows behind them. The assembly knows their
// order.
const (
	ClusterInside  = iota // Σ_i s_ic p_ic
	ClusterVolumes        // Σ_i d_i s_ic
	ClusterSizes          // Σ_i s_ic
	ClusterSpread         // Σ_i d_i s_ic²
	ClusterSquares        // Σ_i s_ic²
	ClusterTwoM           // Σ_i d_i in the first column, 0 in the others
	ClusterRows           // how many these are
)

// ClusterSums is sums over the rows of an assignment, all made in one pass.
type ClusterSums[T Float] struct {
	S    []T // M×K
	P    []T // A·S, M×K; nil: ClusterInside is 0
	D    []T // the degrees, M; nil: the sums that read them are 0
	M, K int
	Gram bool // SᵀS as well
}

// Size is how many numbers Set writes.
func (c ClusterSums[T]) Size() int {
	rows := ClusterRows
	if c.Gram {
		rows += c.K
	}
	return rows * c.K
}

// Set sets out to the sums. Tiles of rows are summed in T, and their sums added
// up in float64.
func (c ClusterSums[T]) Set(out []float64) {
	step := tileOf(c.K)
	cost := step * c.K * (2 + c.Size()/max(c.K, 1)/4)
	reduceRows(out[:c.Size()], (c.M+step-1)/step, cost, func(sum []float64, lo, hi int) {
		buf := scratch[T](len(sum))
		clear(*buf) // of which gram leaves some as it is
		clear(sum)
		for t := lo; t < hi; t++ {
			c.tile(*buf, t*step, min((t+1)*step, c.M))
			widenTo(sum, *buf)
		}
		release(buf)
	}, addTo)
	if c.Gram {
		mirror(out[ClusterRows*c.K:], c.K)
	}
}

// tileOf is how many rows of k elements stay in the first cache, with others of
// that size beside them: 16 to 128, always a power of 2, so that parts of a graph
// of whole blocks have the tiles of the whole. Few rows are summed in float32,
// since shares that are nearly equal are all rounded to one side.
func tileOf(k int) int {
	step := 128
	for step > 16 && step*k > 4096 {
		step /= 2
	}
	return step
}

// tile sets sum to the sums over the rows lo..hi-1, in T.
func (c ClusterSums[T]) tile(sum []T, lo, hi int) {
	k, rows := c.K, hi-lo
	s := c.S[lo*k : hi*k]
	p, d := s, s // their sums are not kept
	if c.P != nil {
		p = c.P[lo*k : hi*k]
	}
	if c.D != nil {
		d = c.D[lo:hi]
	}
	clusterSums(sum, s, p, d, rows, k)
	of := func(row int) []T { return sum[row*k : (row+1)*k] }
	clear(of(ClusterTwoM))
	if c.P == nil {
		clear(of(ClusterInside))
	}
	if c.D == nil {
		clear(of(ClusterVolumes))
		clear(of(ClusterSpread))
	} else {
		of(ClusterTwoM)[0] = Total(d)
	}
	if c.Gram {
		gram(sum[ClusterRows*k:], s, rows, k)
	}
}

// clusterSums sets out to Σ s∘p, Σ d·s, Σ s, Σ d·s² and Σ s².
func clusterSums[T Float](out, s, p, d []T, rows, k int) {
	if level > plain {
		panels[T](k, clusterWidths, func(c panel) {
			asmClusterSums(at(out, c.from), at(s, c.from), at(p, c.from), at(d, 0), k, rows, c.tail, c.vecs)
		})
		return
	}
	clear(out[:5*k])
	for i := range rows {
		for j, v := range s[i*k : i*k+k] {
			out[ClusterInside*k+j] += v * p[i*k+j]
			out[ClusterVolumes*k+j] += d[i] * v
			out[ClusterSizes*k+j] += v
			out[ClusterSpread*k+j] += d[i] * v * v
			out[ClusterSquares*k+j] += v * v
		}
	}
}

// Total is the sum of x, made of four sums side by side.
func Total[T Float](x []T) T {
	var s [4]T
	for ; len(x) >= 4; x = x[4:] {
		s[0] += x[0]
		s[1] += x[1]
		s[2] += x[2]
		s[3] += x[3]
	}
	for _, v := range x {
		s[0] += v
	}
	return (s[0] + s[1]) + (s[2] + s[3])
}
