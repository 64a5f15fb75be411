package outcome

import (
	"context"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Interruption is what a training ends with that a signal or a failure stopped,
// once its result is out; nil for one that ended by itself.
func (res *Result) Interruption(ctx context.Context) error {
	if err := res.Best.Failed; err != nil {
		return failure.Failedf("%w; the clusters are the best of the restarts before it%s", err, SavedWhere(res.Options.Out))
	}
	if res.Best.Interrupted == "" {
		return nil
	}
	f := failure.Interruptedf(ctx, "interrupted after %s; the clusters are the best so far%s", res.Best.Interrupted, SavedWhere(res.Options.Out))
	if res.Options.State != "" {
		return f.WithHint("the same command with --resume continues it")
	}
	return f
}

// SavedWhere says that a folder has the result, where one was asked for.
func SavedWhere(out string) string {
	if out == "" || out == options.Stream {
		return ""
	}
	return ", written to " + text.Quote(out)
}
