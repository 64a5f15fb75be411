package kmeans

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops/host"
)

// Criteria measure clusters of rows without labels.
type Criteria struct {
	// Spread is the mean squared distance of a row to the mean of its cluster;
	// smaller is better.
	Spread float64

	// Silhouette is the mean over rows of (b − a)/max(a, b), with a the mean
	// cosine distance to the other rows of its cluster and b the smallest mean
	// cosine distance to the rows of another one; in [−1, 1], larger is better. A
	// row alone in its cluster counts 0, as does every row where there is one
	// cluster only. It is exact: no sample is taken.
	//
	// Source: P. Rousseeuw, Silhouettes, 1987, doi:10.1016/0377-0427(87)90125-7.
	Silhouette float64
}

// Measure measures the clusters labels, 0 to k−1, of the rows of x, rows×cols.
// Cosine distances to all rows of a cluster are one product with its sum, so
// that it takes rows·k·cols operations. No rows give zeros. It errs where
// lengths do not fit or a label is out of range.
func Measure(x []float32, rows, cols int, labels []int, k int) (Criteria, error) {
	if err := (Options{K: k}).check(rows, cols, len(x)); err != nil {
		return Criteria{}, err
	}
	if len(labels) != rows {
		return Criteria{}, fmt.Errorf("kmeans: %d labels, want %d, one a row", len(labels), rows)
	}
	for i, l := range labels {
		if l < 0 || l >= k {
			return Criteria{}, fmt.Errorf("kmeans: label %d is %d, want 0 to %d", i, l, k-1)
		}
	}
	if rows == 0 {
		return Criteria{}, nil
	}
	c := Criteria{Spread: spread(x, rows, cols, labels, k)}
	c.Silhouette = silhouette(unitRows(x, rows, cols), rows, cols, labels, k)
	return c, nil
}

// sumsOf is the sum of the rows of each cluster, and their number.
func sumsOf(x []float32, rows, cols int, labels []int, k int) (sum []float64, count []int) {
	sum, count = make([]float64, k*cols), make([]int, k)
	for i, l := range labels {
		count[l]++
		to := sum[l*cols : (l+1)*cols]
		for j, v := range x[i*cols : (i+1)*cols] {
			to[j] += float64(v)
		}
	}
	return sum, count
}

// spread is Σ‖x‖² − Σ_c ‖sum_c‖²/n_c, over the rows.
func spread(x []float32, rows, cols int, labels []int, k int) float64 {
	var total float64
	for _, v := range x {
		total += float64(v) * float64(v)
	}
	sum, count := sumsOf(x, rows, cols, labels, k)
	for c, n := range count {
		for _, v := range sum[c*cols : (c+1)*cols] {
			if n > 0 {
				total -= v * v / float64(n)
			}
		}
	}
	return max(0, total) / float64(rows)
}

func unitRows(x []float32, rows, cols int) []float32 {
	y := make([]float32, len(x))
	host.Rows(rows, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			var s float64
			for _, v := range x[i*cols : (i+1)*cols] {
				s += float64(v) * float64(v)
			}
			if s == 0 {
				continue
			}
			for j, v := range x[i*cols : (i+1)*cols] {
				y[i*cols+j] = float32(float64(v) / math.Sqrt(s))
			}
		}
	})
	return y
}

// silhouette is the mean silhouette of rows of length 1 or 0.
func silhouette(x []float32, rows, cols int, labels []int, k int) float64 {
	sum, count := sumsOf(x, rows, cols, labels, k)
	turned := make([]float32, cols*k)
	for c := range k {
		for j := range cols {
			turned[j*k+c] = float32(sum[c*cols+j])
		}
	}
	dots := make([]float32, rows*k)
	host.Mul(dots, x, turned, rows, cols, k)
	part := make([]float64, (rows+host.BlockRows-1)/host.BlockRows)
	host.Rows(rows, func(b, lo, hi int) {
		for i := lo; i < hi; i++ {
			var self float64
			for _, v := range x[i*cols : (i+1)*cols] {
				self += float64(v) * float64(v)
			}
			part[b] += silhouetteOf(dots[i*k:(i+1)*k], self, labels[i], count)
		}
	})
	var total float64
	for _, p := range part {
		total += p
	}
	return total / float64(rows)
}

// silhouetteOf is that of a row whose products with the sums of the clusters
// are dots, and with itself is self.
func silhouetteOf(dots []float32, self float64, label int, count []int) float64 {
	if count[label] < 2 {
		return 0
	}
	a, b := 0., math.Inf(1)
	for c, n := range count {
		switch {
		case c == label:
			a = 1 - (float64(dots[c])-self)/float64(n-1)
		case n > 0:
			b = min(b, 1-float64(dots[c])/float64(n))
		}
	}
	if math.IsInf(b, 1) || max(a, b) <= 0 {
		return 0
	}
	return (b - a) / max(a, b)
}
