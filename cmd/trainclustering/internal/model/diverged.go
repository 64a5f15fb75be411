package model

import (
	"errors"
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/layers/train"
)

// Divergence is a training that came to a number that is not finite. The same
// graph and configuration come to it again.
type Divergence struct {
	What  string `json:"what"`            // as in "the total loss became NaN"
	Epoch int    `json:"epoch,omitempty"` // from 1; 0: in none
}

func (d *Divergence) Error() string {
	if d.Epoch == 0 {
		return d.What
	}
	return fmt.Sprintf("%s in epoch %d", d.What, d.Epoch)
}

// DivergenceOf is the divergence that ended a training with this error, nil
// where something else did.
func DivergenceOf(err error) *Divergence {
	var (
		d    *Divergence
		loss *train.LossError
		grad *train.GradientError
	)
	switch {
	case errors.As(err, &d):
		return d
	case errors.As(err, &loss):
		return &Divergence{lossBecame("total", loss.Loss), loss.Step + 1}
	case errors.As(err, &grad):
		return &Divergence{"the gradient of " + grad.Path + " became NaN or infinite", grad.Step + 1}
	}
	return nil
}

// Check errs with a [Divergence] where a loss of the epoch is not finite.
func (r EpochResult) Check(epoch int) error {
	for _, l := range r.Losses {
		if notFinite(l.Value) {
			return &Divergence{lossBecame(l.Name, l.Value), epoch}
		}
	}
	if notFinite(r.Total) {
		return &Divergence{lossBecame("total", r.Total), epoch}
	}
	return nil
}

// CheckShares makes sure of what the rest relies on: n × k numbers. It errs with a
// [Divergence] where one is not finite.
func CheckShares(shares []float32, n, k int) error {
	if len(shares) != n*k {
		return failure.Failedf("the training gave %d numbers, want %d × %d", len(shares), n, k)
	}
	for i, v := range shares {
		if notFinite(float64(v)) {
			return &Divergence{What: fmt.Sprintf("the training gave node %d the assignment %g", i/k, v)}
		}
	}
	return nil
}

// inStart words the divergence of learning the start, whose steps are no epochs.
func inStart(err error) error {
	if d := DivergenceOf(err); d != nil {
		return &Divergence{What: "learning the start of the clusters came to NaN or infinity"}
	}
	return err
}

func lossBecame(name string, v float64) string { return fmt.Sprintf("the %s loss became %g", name, v) }

func notFinite(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
