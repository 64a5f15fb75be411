package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBarStopsWhereverItIs(t *testing.T) {
	h := history{Names: []string{"cut"}, Rows: [][]float64{{-0.5, -0.25}}}
	for _, epochs := range []int{0, 1, 5, 6} { // of two restarts of three
		b := newBar(io.Discard, 2, 3)
		for i := range epochs {
			b.epoch(i/3, i%3+1, h)
		}
		b.stop() // hangs the test where the bar does not end
	}
}

func TestProgressDisplay(t *testing.T) {
	o := trainOptions{Restarts: 1}
	o.Epochs = 1
	p := &program{stderr: io.Discard}
	assert.IsType(t, &lines{}, p.progress(o))
	p.terminal = true
	b := p.progress(o)
	b.stop()
	assert.NotEqual(t, silent{}, b)
	o.Quiet = true
	assert.Equal(t, silent{}, p.progress(o))
}

func TestNoColourInAFile(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	require.NoError(t, err)
	defer f.Close()
	assert.Equal(t, style{}, styleFor(f))
	assert.Equal(t, "text", style{}.bold("text"))
	assert.Equal(t, "\x1b[1mtext\x1b[0m", style{colour: true}.bold("text"))
	assert.Equal(t, "\x1b[38;2;0;114;178mtext\x1b[0m", style{colour: true}.cluster(0, "text"))
}
