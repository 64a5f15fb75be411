package cluster

import "math"

// rise is how little the total must fall within the epochs of patience for a
// training to count as settled.
const rise = 1e-4

// pace is how far a training is: a first half with all weights as they are,
// which ends early once the total no longer falls, and a second half in which
// some of them fade. After a first half that ended early the second one is
// shorter too: half as long as what the first took, but no less than the
// patience.
type pace struct {
	epochs   int // done
	held     int // the first half at most; what it took once it is over
	whole    int // the first half where nothing ends it early
	rest     int // the second half after a whole first one
	patience int
	best     float64
	bestAt   int
}

func newPace(o Options) *pace {
	half := o.Epochs / 2
	return &pace{held: half, whole: half, rest: o.Epochs - half, patience: o.Patience, best: math.Inf(1)}
}

// fading is how long the second half is.
func (p *pace) fading() int {
	if p.held == p.whole {
		return p.rest
	}
	return min(p.rest, max(p.patience, p.held/2))
}

func (p *pace) done() bool { return p.epochs >= p.held+p.fading() }

// weight is what multiplies the fading weights in the next epoch.
func (p *pace) weight() float64 {
	if p.epochs <= p.held {
		return 1
	}
	return 1 - float64(p.epochs-p.held)/float64(p.fading())
}

// step counts an epoch with that total.
func (p *pace) step(total float64) {
	p.epochs++
	if total < p.best-rise {
		p.best, p.bestAt = total, p.epochs
	}
	if p.patience > 0 && p.epochs < p.held && p.epochs-p.bestAt >= p.patience {
		p.held = p.epochs
	}
}
