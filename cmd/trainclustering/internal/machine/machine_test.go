package machine

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSaveMemoryPutsBack(t *testing.T) {
	t.Setenv("GOGC", "")
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	restore := SaveMemory()
	assert.Equal(t, gcPercent, debug.SetGCPercent(gcPercent))
	restore()
	assert.Equal(t, 100, debug.SetGCPercent(100))
	t.Setenv("GOGC", "50")
	SaveMemory()
	assert.Equal(t, 100, debug.SetGCPercent(100), "GOGC is the user's")
}

func TestPeakRSS(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("not known on every system")
	}
	assert.Greater(t, PeakRSS(), int64(1_000_000))
	assert.Less(t, PeakRSS(), int64(100_000_000_000))
}

func TestKeepWithinPutsBack(t *testing.T) {
	t.Setenv("GOMEMLIMIT", "")
	before := debug.SetMemoryLimit(-1)
	restore := KeepWithin(250e6)
	assert.Equal(t, int64(250e6-outsideHeap), debug.SetMemoryLimit(-1))
	restore()
	assert.Equal(t, before, debug.SetMemoryLimit(-1))
	for _, none := range []float64{0, outsideHeap, math.MaxInt64, math.Inf(1)} {
		KeepWithin(none)()
		assert.Equal(t, before, debug.SetMemoryLimit(-1), "%g", none)
	}
	t.Setenv("GOMEMLIMIT", "1GiB")
	KeepWithin(250e6)
	assert.Equal(t, before, debug.SetMemoryLimit(-1), "GOMEMLIMIT is the user's")
}
