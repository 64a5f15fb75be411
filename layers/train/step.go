package train

import (
	"errors"
	"fmt"
	"math"
)

// LossError is what a training step with a loss that is not finite gives, that
// of a training that diverged. The weights are those before the step.
type LossError struct {
	Step int     // the steps done before
	Loss float64 // NaN or infinite
}

// Error implements error.
func (e *LossError) Error() string {
	return fmt.Sprintf("train: step %d: the loss is %v", e.Step, e.Loss)
}

// GradientError is what a training step with a gradient that is not finite
// gives, under a loss that is. The weights are those before the step.
type GradientError struct {
	Step int    // the steps done before
	Path string // of the first weight with such a gradient
}

// Error implements error.
func (e *GradientError) Error() string {
	return fmt.Sprintf("train: step %d: the gradient of %s is not finite", e.Step, e.Path)
}

// Step runs the graph forward and backward, clips the gradients, steps the
// solver, applies the constraints and moves the running statistics
// ([param.Scope.AddUpdate]). It returns the loss before the update, penalties
// included. On an error, a loss ([LossError]) or a gradient ([GradientError])
// that is not finite among them, the weights are left as they were unless it is the solver or a constraint
// that failed.
//
// Where operations of Gorgonia's own have results of more than 4096 elements, a
// tape machine runs the graph. There, one of them that panics ends the process:
// it does so on a goroutine that cannot be reached from here.
func (t *Trainer) Step() (loss float64, err error) {
	defer recovered("step", &err)
	if t.solver == nil {
		return 0, errors.New("train: Step without a solver; Run computes gradients only")
	}
	if loss, err = t.Run(); err != nil {
		return loss, err
	}
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return loss, &LossError{Step: t.steps, Loss: loss}
	}
	for _, w := range t.weights {
		if !w.finite {
			return loss, &GradientError{Step: t.steps, Path: w.Path}
		}
	}
	clip(t.weights, t.opts.ClipValue, t.opts.ClipNorm)
	if t.opts.Rate != nil {
		t.solver.(rateSetter).SetLR(t.opts.Rate.At(t.steps))
	}
	if err = t.solver.Step(t.model); err != nil {
		return loss, fmt.Errorf("train: step %d: solver: %w", t.steps, err)
	}
	if err = t.constrain(); err != nil {
		return loss, err
	}
	if err = t.follow(); err != nil {
		return loss, err
	}
	t.steps++
	return loss, nil
}

// Run runs the graph forward and backward and changes no weight. Afterwards
// [Trainer.Gradient] has the gradients.
func (t *Trainer) Run() (loss float64, err error) {
	defer recovered("run", &err)
	if t.vm == nil {
		return 0, errors.New("train: the trainer is closed")
	}
	err = t.vm.run()
	for n := range t.large {
		if t.large[n] {
			t.kept[n].on = false
		}
	}
	if err != nil {
		return 0, fmt.Errorf("train: step %d: %w", t.steps, err)
	}
	for _, w := range t.weights {
		if err := w.load(); err != nil {
			return 0, err
		}
	}
	if t.loss == nil {
		return 0, nil
	}
	return scalarOf(t.loss.value)
}

func (t *Trainer) constrain() error {
	if t.opts.NoConstraints {
		return nil
	}
	for _, w := range t.weights {
		if w.Spec.Constraint == nil {
			continue
		}
		if err := w.Spec.Constraint.Apply(w.Tensor); err != nil {
			return fmt.Errorf("train: %s: %w", w.Path, err)
		}
	}
	return nil
}
