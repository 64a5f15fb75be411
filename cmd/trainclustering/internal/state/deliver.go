package state

import (
	"context"
	"io"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
)

// Deliver lets write write the files of a result, where a folder was asked for,
// and show print it to stdout. Only once all of it is out, on the disk where that
// is known, do the checkpoints of a training that ended go: whatever fails
// before, --resume still has them. It errs with the interruption of one that a
// signal or a failure stopped.
func (s *State) Deliver(ctx context.Context, res *outcome.Result, stdout io.Writer, write, show func() error) error {
	if res.Options.HasFolder() {
		if err := write(); err != nil {
			return err
		}
	}
	if err := show(); err != nil {
		return err
	}
	if err := res.Interruption(ctx); err != nil || s == nil {
		return err
	}
	if err := outdir.Settle(stdout); err != nil {
		return err
	}
	return s.Remove(res.Options.Restarts)
}
