package outcome

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

func TestClock(t *testing.T) {
	c := NewClock(PartReading)
	c.Begin("training")
	time.Sleep(20 * time.Millisecond)
	c.Begin(PartWriting)
	c.Begin("training") // a second restart
	got := c.Timing()
	require.Len(t, got, 3)
	assert.Equal(t, "training", got[1].Part)
	assert.GreaterOrEqual(t, got[1].Seconds, .02)
	sum := 0.0
	for _, p := range got {
		assert.GreaterOrEqual(t, p.Seconds, 0.0)
		sum += p.Share
	}
	assert.InDelta(t, 1, sum, 1e-12)

	var none *Clock
	none.Begin(PartReading)
	assert.Nil(t, none.Timing())
}

func TestSummaryTellsTheTiming(t *testing.T) {
	res := fakeResult()
	assert.NotContains(t, Summary(res, text.Style{}), "timing")
	res.Clock = NewClock(PartReading)
	for _, part := range []string{PartChoosing, "features", "start", "training", PartRefining, PartMeasuring, PartWriting} {
		res.Clock.Begin(part)
	}
	res.Clock.parts[4].Seconds = 4321
	shown := Summary(res, text.Style{})
	assert.LessOrEqual(t, widest(shown), 80)
	_, after, _ := strings.Cut(shown, "timing ")
	for _, part := range []string{PartReading, PartChoosing, "100.0 %", "1 h 12 min", PartWriting} {
		assert.Contains(t, after, part)
	}
}
