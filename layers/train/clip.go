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
	sum := 0.0
	for _, w := range weights {
		sum += sumSquares(w.grad.Data())
	}
	if total := math.Sqrt(sum); total > norm {
		for _, w := range weights {
			scaleData(w.grad.Data(), norm/total)
		}
	}
}

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

func sumSquares(data any) float64 {
	switch d := data.(type) {
	case []float64:
		return sumSquaresOf(d)
	case []float32:
		return sumSquaresOf(d)
	}
	return 0
}

func sumSquaresOf[T ops.Float](d []T) float64 {
	sum := 0.0
	for _, v := range d {
		sum += float64(v) * float64(v)
	}
	return sum
}

func scaleData(data any, by float64) {
	switch d := data.(type) {
	case []float64:
		scaleSlice(d, by)
	case []float32:
		scaleSlice(d, float32(by))
	}
}

func scaleSlice[T ops.Float](d []T, by T) {
	for i := range d {
		d[i] *= by
	}
}
