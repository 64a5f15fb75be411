package train

// Schedule is a number that depends on the step: a learning rate, or the
// weight of a loss. Steps count from 0.
type Schedule interface{ At(step int) float64 }

// ConstantRate is the same number at every step.
type ConstantRate float64

// At implements [Schedule].
func (c ConstantRate) At(int) float64 { return float64(c) }

// Linear goes from From to To in a straight line between the steps Start and
// End, and stays at From before and at To from End on. Where End ≤ Start it
// jumps at End. A loss weight that falls from 1 to 0 over the second half of
// 1000 steps is Linear{From: 1, To: 0, Start: 500, End: 1000}.
type Linear struct {
	From, To   float64
	Start, End int
}

// At implements [Schedule].
func (l Linear) At(step int) float64 {
	switch {
	case step >= l.End:
		return l.To
	case step <= l.Start:
		return l.From
	}
	done := float64(step-l.Start) / float64(l.End-l.Start)
	return l.From + (l.To-l.From)*done
}
