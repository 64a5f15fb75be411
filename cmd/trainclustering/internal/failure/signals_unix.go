//go:build unix

package failure

import (
	"os"
	"syscall"
)

// stopSignals are the signals that ask for a clean stop.
func stopSignals() []os.Signal {
	return []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
}
