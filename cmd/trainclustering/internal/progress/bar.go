//go:build linux || darwin || windows || freebsd || netbsd || openbsd || dragonfly

package progress

import (
	"fmt"
	"io"
	"math"
	"sync/atomic"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// bar moves on a terminal over all epochs of all restarts.
type bar struct {
	container *mpb.Progress
	bar       *mpb.Bar
	epochs    int
	place     atomic.Uint64 // restart, counted from 0
	loss      atomic.Uint64 // bits of the total
}

// NewBar is a display of restarts of that many epochs each, on a terminal.
func NewBar(w io.Writer, restarts, epochs int) Display {
	b := &bar{container: mpb.New(mpb.WithOutput(w), mpb.WithWidth(78)), epochs: epochs}
	style := mpb.BarStyle().Lbound("").Filler("█").Tip("█").Padding("░").Rbound("")
	before := []decor.Decorator{decor.Any(func(s decor.Statistics) string {
		return b.where(s.Current, restarts)
	})}
	after := []decor.Decorator{
		decor.Any(func(decor.Statistics) string {
			return fmt.Sprintf(" loss %8.5f  ", math.Float64frombits(b.loss.Load()))
		}),
		decor.AverageETA(decor.ET_STYLE_MMSS),
	}
	b.bar = b.container.New(int64(restarts)*int64(epochs), style, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(before...), mpb.AppendDecorators(after...))
	return b
}

// where says the restart and the epoch in it.
func (b *bar) where(done int64, restarts int) string {
	restart := int(b.place.Load())
	epoch := min(int(done)-restart*b.epochs, b.epochs)
	text := fmt.Sprintf("epoch %*d/%d ", len(fmt.Sprint(b.epochs)), max(epoch, 0), b.epochs)
	if restarts > 1 {
		text = fmt.Sprintf("restart %*d/%d, ", len(fmt.Sprint(restarts)), restart+1, restarts) + text
	}
	return text
}

// Epoch moves the bar.
func (b *bar) Epoch(restart, epoch int, _ []string, losses []float64) {
	b.place.Store(uint64(restart))
	b.loss.Store(math.Float64bits(losses[len(losses)-1]))
	b.bar.SetCurrent(int64(restart)*int64(b.epochs) + int64(epoch))
}

// Note writes the line above the bar.
func (b *bar) Note(line string) {
	_, _ = fmt.Fprintf(b.container, "trainclustering: %s\n", line) // as little as of the bar is lost with it
}

// Stop takes the bar off the terminal.
func (b *bar) Stop() {
	b.bar.Abort(true)
	b.container.Wait()
}
