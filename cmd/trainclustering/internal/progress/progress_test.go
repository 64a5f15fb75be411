package progress

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/logs"
)

func TestBarStopsWhereverItIs(t *testing.T) {
	for _, epochs := range []int{0, 1, 5, 6} { // of two restarts of three
		b := NewBar(io.Discard, 2, 3)
		for i := range epochs {
			b.Epoch(i/3, i%3+1, []string{"cut"}, []float64{-0.5, -0.25})
		}
		b.Note("restart 1 diverged")
		b.Stop() // hangs the test where the bar does not end
	}
}

func TestLinesNameRestartEpochAndLosses(t *testing.T) {
	var b bytes.Buffer
	l := NewLines(logs.New(&b, logs.Text), 2, 3)
	for i := range 6 {
		l.Epoch(i/3, i%3+1, []string{"cut"}, []float64{-0.5, -0.25})
	}
	l.Note("the total loss became NaN")
	l.Stop()
	rows := strings.Split(b.String(), "\n")
	assert.Len(t, rows, 8)
	assert.Equal(t, "trainclustering: the total loss became NaN", rows[6])
	assert.Equal(t, "restart 1/2  epoch 1/3  loss -0.25000  cut -0.50000", rows[0])
	assert.Equal(t, "restart 2/2  epoch 3/3  loss -0.25000  cut -0.50000", rows[5])
}
