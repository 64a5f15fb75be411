package train

import (
	"math"

	"github.com/graphpool/graphpool/ops"
)

// clip limits the gradients in place: each entry to ±value, then all of them
// together to the Euclidean norm. 0 means no limit. The norm is summed in
// float64 in the order of the weights.
func clip(weights []*weight, value, norm float64) {
	if value > 0 {
		for _, w := range weights {
			clipData(w.grad.Data(), value)
		}
	}
	if norm <= 0 {
		return
	}
	unit, sum := 1.0, sumSquares(weights, 1)
	if sum < leastSquares || math.IsInf(sum, 1) { // the squares are out of range
		if unit = largest(weights); unit == 0 {
			return
		}
		sum = sumSquares(weights, unit)
	}
	if total := math.Sqrt(sum); total > norm/unit {
		for _, w := range weights {
			scaleData(w.grad.Data(), unit, norm/total)
		}
	}
}

// leastSquares is a sum of squares below which some of them may have become 0.
const leastSquares = 1e-280

func clipData(data any, limit float64) {
	switch d := data.(type) {
	case []float64:
		clipSlice(d, limit)
	case []float32:
		clipSlice(d, float32(limit))
	}
}

func clipSlice[T ops.Float](d []T, limit T) {
	for i, v := range d {
		d[i] = max(-limit, min(limit, v))
	}
}

// sumSquares is Σ (g/unit)² over the entries of all gradients.
func sumSquares(weights []*weight, unit float64) (sum float64) {
	for _, w := range weights {
		switch d := w.grad.Data().(type) {
		case []float64:
			sum += sumSquaresOf(d, unit)
		case []float32:
			sum += sumSquaresOf(d, unit)
		}
	}
	return sum
}

func sumSquaresOf[T ops.Float](d []T, unit float64) (sum float64) {
	for _, v := range d {
		v := float64(v) / unit
		sum += v * v
	}
	return sum
}

// largest is the largest |g| of all gradients.
func largest(weights []*weight) (top float64) {
	for _, w := range weights {
		switch d := w.grad.Data().(type) {
		case []float64:
			top = max(top, largestOf(d))
		case []float32:
			top = max(top, largestOf(d))
		}
	}
	return top
}

func largestOf[T ops.Float](d []T) (top float64) {
	for _, v := range d {
		top = max(top, math.Abs(float64(v)))
	}
	return top
}

// scaleData makes g/unit·by of each entry.
func scaleData(data any, unit, by float64) {
	switch d := data.(type) {
	case []float64:
		scaleSlice(d, unit, by)
	case []float32:
		scaleSlice(d, unit, by)
	}
}

func scaleSlice[T ops.Float](d []T, unit, by float64) {
	for i, v := range d {
		d[i] = T(float64(v) / unit * by)
	}
}
