package outcome

import (
	"fmt"
	"strings"
	"time"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// The parts of a run that a Clock is told of; features, start and training are
// those of package cluster.
const (
	PartReading   = "reading"
	PartChoosing  = "choosing k"
	PartRefining  = "refining"
	PartMeasuring = "measuring"
	PartWriting   = "writing"
)

// Clock adds up what each part of a run takes. A nil Clock does nothing.
type Clock struct {
	parts []metricsfile.Timing // in the order in which they first began
	now   int                  // the part under way
	since time.Time
}

// NewClock is a clock of a run that begins with this part.
func NewClock(part string) *Clock {
	return &Clock{parts: []metricsfile.Timing{{Part: part}}, since: time.Now()}
}

// ClockOf is the clock of --timing, nil without it.
func ClockOf(o options.Train) *Clock {
	if !o.Timing {
		return nil
	}
	return NewClock(PartReading)
}

// Begin ends the part under way and begins another, or goes on with it.
func (c *Clock) Begin(part string) {
	if c == nil {
		return
	}
	c.lap()
	for i, p := range c.parts {
		if p.Part == part {
			c.now = i
			return
		}
	}
	c.now = len(c.parts)
	c.parts = append(c.parts, metricsfile.Timing{Part: part})
}

func (c *Clock) lap() {
	now := time.Now()
	c.parts[c.now].Seconds += now.Sub(c.since).Seconds()
	c.since = now
}

// Timing is what each part took until now, and its share of them all.
func (c *Clock) Timing() []metricsfile.Timing {
	if c == nil {
		return nil
	}
	c.lap()
	total := 0.0
	for _, p := range c.parts {
		total += p.Seconds
	}
	out := make([]metricsfile.Timing, len(c.parts))
	for i, p := range c.parts {
		out[i] = p
		if total > 0 {
			out[i].Share = p.Seconds / total
		}
	}
	return out
}

// timing writes what each part took, of the whole as a bar.
func (p *page) timing(res *Result) {
	const room = 30
	var lines []string
	for _, t := range res.Clock.Timing() {
		bar := strings.Repeat("█", int(t.Share*room+.5))
		lines = append(lines, strings.TrimRight(fmt.Sprintf("%-12s%12s%7.1f %%  %s", t.Part, text.Duration(t.Seconds), 100*t.Share, bar), " "))
	}
	p.Block("timing", lines...)
}
