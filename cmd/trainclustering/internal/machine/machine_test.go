package machine

import (
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
