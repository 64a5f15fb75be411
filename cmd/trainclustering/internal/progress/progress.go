// Package progress shows how far a training is.
package progress

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Display shows how far a training of several restarts is.
type Display interface {
	// Epoch tells of an epoch, counted from 1, of a restart, counted from 0: its
	// losses by name, and the total behind them.
	Epoch(restart, epoch int, names []string, losses []float64)
	// Note tells of something that is not an epoch, in one line.
	Note(line string)
	// Stop is called once, at the end or on an error.
	Stop()
}

// Silent shows nothing.
type Silent struct{}

// Epoch does nothing.
func (Silent) Epoch(int, int, []string, []float64) {}

// Note does nothing.
func (Silent) Note(string) {}

// Stop does nothing.
func (Silent) Stop() {}

// Lines writes ten lines a run, and the first epoch's.
type Lines struct {
	log              *slog.Logger
	restarts, epochs int
	tenths           int // lines written so far, less the first
}

// NewLines is a display of restarts of that many epochs each.
func NewLines(log *slog.Logger, restarts, epochs int) *Lines {
	return &Lines{log: log, restarts: restarts, epochs: epochs}
}

// Epoch writes a line where a tenth of the run is done.
func (l *Lines) Epoch(restart, epoch int, names []string, losses []float64) {
	done, all := float64(restart*l.epochs+epoch), float64(l.restarts*l.epochs)
	tenths := int(10 * done / all)
	if tenths == l.tenths && (restart > 0 || epoch > 1) {
		return
	}
	l.tenths = tenths
	fields := []any{"restart", restart + 1, "epoch", epoch, "epochs", l.epochs, "loss", losses[len(losses)-1]}
	for i, name := range names {
		fields = append(fields, name, losses[i])
	}
	l.log.Info(line(restart, l.restarts, epoch, l.epochs, names, losses), fields...)
}

// Note writes the line as a warning.
func (l *Lines) Note(line string) { l.log.Warn(line) }

// Stop has nothing to end.
func (l *Lines) Stop() {}

// line says where the training is and what the losses are, as many of them as
// fit after the total.
func line(restart, restarts, epoch, epochs int, names []string, losses []float64) string {
	var b strings.Builder
	if restarts > 1 {
		fmt.Fprintf(&b, "restart %*d/%d  ", len(fmt.Sprint(restarts)), restart+1, restarts)
	}
	fmt.Fprintf(&b, "epoch %*d/%d  loss %8s", len(fmt.Sprint(epochs)), epoch, epochs, text.Loss(losses[len(losses)-1]))
	for i, name := range names {
		loss := fmt.Sprintf("  %s %8s", name, text.Loss(losses[i]))
		if b.Len()+len(loss) > text.Columns {
			break
		}
		b.WriteString(loss)
	}
	return b.String()
}
