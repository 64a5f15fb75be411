package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Exit statuses, as the help texts name them.
const (
	exitFailed      = 1   // the work failed: a file, the training, the output
	exitUsage       = 2   // the command line is at fault
	exitInterrupted = 130 // stopped by Ctrl-C; other signals have 128 and their number
)

// maxMessage is the most that a line of an error has, in runes: a path is shown
// whole, a file's content is not.
const maxMessage = 1000

// failure is an error as the user sees it: one line, at most one line of hint,
// and the exit status that goes with it.
type failure struct {
	err  error
	hint string
	code int
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usagef is a fault of the command line.
func usagef(format string, args ...any) *failure {
	return &failure{err: fmt.Errorf(format, args...), code: exitUsage}
}

// failedf is a fault of the work itself.
func failedf(format string, args ...any) *failure {
	return &failure{err: fmt.Errorf(format, args...), code: exitFailed}
}

// interruptedf says what a signal stopped.
func interruptedf(ctx context.Context, format string, args ...any) *failure {
	return &failure{err: fmt.Errorf(format, args...), code: signalStatus(ctx)}
}

// withHint adds the one line of hint; an empty text adds none.
func (f *failure) withHint(format string, args ...any) *failure {
	f.hint = fmt.Sprintf(format, args...)
	return f
}

// tellFailure writes the error and its hint, a line each, and returns the status to
// exit with. Whatever a message quotes, it stays on its line.
func tellFailure(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	f := &failure{err: err, code: exitFailed}
	errors.As(err, &f)
	fmt.Fprintf(w, "trainclustering: %s\n", text.OneLine(text.Cut(f.Error(), maxMessage)))
	if f.hint != "" {
		fmt.Fprintf(w, "hint: %s\n", text.OneLine(text.Cut(f.hint, maxMessage)))
	}
	return f.code
}
