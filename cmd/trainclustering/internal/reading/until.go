package reading

import (
	"context"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
)

// until is what read makes of the file at path, or says that a signal ended ctx
// before. A large file takes minutes, and nothing is written before it is read,
// so a stop waits for nothing: what still reads ends with the process, and the
// files with edges it sorts have no names.
func until[T any](ctx context.Context, path string, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, failure.Interruptedf(ctx, "interrupted while %s was read; nothing was written", shown(path))
	}
}
