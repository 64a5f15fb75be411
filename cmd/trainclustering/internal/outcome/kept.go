package outcome

import (
	"fmt"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// bestLine names the restart whose clusters these are, and what became of the
// others.
func bestLine(res *Result) string {
	best, all := res.Best, res.Options.Restarts
	ran := len(best.Totals)
	line := fmt.Sprintf("the one run, seed %d", best.Seed)
	if all > 1 {
		line = fmt.Sprintf("restart %d of %d (seed %d)", best.Restart+1, all, best.Seed)
	}
	if best.StoppedIn > 0 && best.Restart == ran-1 {
		line += ", " + stoppedIn(res)
	}
	if all > 1 {
		line += ": " + lossesLine(best)
	}
	if best.StoppedIn > 0 && best.Restart < ran-1 {
		line += fmt.Sprintf("; restart %d %s", ran, stoppedIn(res))
	}
	if !best.Complete() {
		line += leftLine(res)
	}
	return line
}

// leftLine says what is left to do of a training that was stopped.
func leftLine(res *Result) (line string) {
	ran, all := len(res.Best.Totals), res.Options.Restarts
	if res.Best.Failed != nil {
		ran++
		line = fmt.Sprintf("; restart %d failed", ran)
	}
	switch left := all - ran; {
	case left == 1:
		line += fmt.Sprintf("; restart %d did not run", all)
	case left > 1:
		line += fmt.Sprintf("; restarts %d to %d did not run", ran+1, all)
	}
	if res.Options.State != "" {
		line += "; --resume continues the training"
	}
	return line
}

// stoppedIn says where the last restart was stopped.
func stoppedIn(res *Result) string {
	return fmt.Sprintf("stopped in epoch %s of %s", text.Grouped(res.Best.StoppedIn), text.Grouped(res.Options.Epochs))
}

// lossesLine is the lowest loss of the restarts, the highest of several, and how
// many have none.
func lossesLine(best *Best) string {
	parts := []string{"loss " + text.Loss(best.History.Total())}
	if len(best.Totals)-len(best.Diverged) > 1 {
		parts = append(parts, "worst "+text.Loss(best.Worst()))
	}
	if n := len(best.Diverged); n > 0 {
		parts = append(parts, fmt.Sprintf("%d diverged", n))
	}
	return strings.Join(parts, ", ")
}
