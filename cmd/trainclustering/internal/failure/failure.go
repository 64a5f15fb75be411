// Package failure holds errors as the user sees them, with the exit status of
// each, and the signals that stop a run.
package failure

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/logs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Exit statuses, as the help texts name them.
const (
	ExitFailed      = 1   // the work failed: a file, the training, the output
	ExitUsage       = 2   // the command line is at fault
	ExitInterrupted = 130 // stopped by Ctrl-C; other signals have 128 and their number
)

// maxMessage is the most that a line of an error has, in runes: a path is shown
// whole, a file's content is not.
const maxMessage = 1000

// Failure is an error as the user sees it: one line, at most one line of hint,
// and the exit status that goes with it.
type Failure struct {
	err  error
	Hint string
	code int
}

func (f *Failure) Error() string { return f.err.Error() }
func (f *Failure) Unwrap() error { return f.err }

// Usagef is a fault of the command line.
func Usagef(format string, args ...any) *Failure {
	return &Failure{err: fmt.Errorf(format, args...), code: ExitUsage}
}

// Failedf is a fault of the work itself.
func Failedf(format string, args ...any) *Failure {
	return &Failure{err: fmt.Errorf(format, args...), code: ExitFailed}
}

// Interruptedf says what a signal stopped.
func Interruptedf(ctx context.Context, format string, args ...any) *Failure {
	return &Failure{err: fmt.Errorf(format, args...), code: signalStatus(ctx)}
}

// WithHint adds the one line of hint; an empty text adds none.
func (f *Failure) WithHint(format string, args ...any) *Failure {
	f.Hint = fmt.Sprintf(format, args...)
	return f
}

// Tell logs the error with its hint, and returns the status to exit with.
// Whatever a message quotes, it stays on its line.
func Tell(log *slog.Logger, err error) int {
	if err == nil {
		return 0
	}
	f := &Failure{err: err, code: ExitFailed}
	errors.As(err, &f)
	fields := []any{"status", f.code}
	if f.Hint != "" {
		fields = append(fields, logs.Hint, text.OneLine(text.Cut(f.Hint, maxMessage)))
	}
	log.Error(text.OneLine(text.Cut(f.Error(), maxMessage)), fields...)
	return f.code
}
