package failure

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// stopSignal is the cause of a context that a signal ended.
type stopSignal struct{ signal os.Signal }

func (s stopSignal) Error() string { return "stopped by " + s.signal.String() }

// UntilSignal returns a context that the first of stopSignals ends: it asks for
// a clean stop. A second later the signals' default is back, so that another
// one ends the process at once. Wrappers may pass the same Ctrl-C on twice:
// hence the second. A signal that was ignored from the start, as nohup does,
// stays so.
func UntilSignal() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	received := make(chan os.Signal, 1)
	for _, s := range stopSignals() {
		if !signal.Ignored(s) {
			signal.Notify(received, s)
		}
	}
	go func() {
		select {
		case s := <-received:
			cancel(stopSignal{s})
			time.AfterFunc(time.Second, func() { signal.Stop(received) })
		case <-ctx.Done():
		}
	}()
	// The signals stay caught: one that comes when the work is done is too late
	// to make it look failed.
	return ctx, func() { cancel(nil) }
}

// signalStatus is the exit status of a run that a signal stopped, as shells
// count it: 128 and the signal's number.
func signalStatus(ctx context.Context) int {
	var stopped stopSignal
	if errors.As(context.Cause(ctx), &stopped) {
		if number, ok := stopped.signal.(syscall.Signal); ok {
			return 128 + int(number)
		}
	}
	return ExitInterrupted
}
