package main

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMedian(t *testing.T) {
	assert.Zero(t, median(nil))
	assert.InDelta(t, 2, median([]float64{9, 1, 2}), 0)
	assert.InDelta(t, 1.5, median([]float64{2, 1}), 0)
}

func TestVersionOf(t *testing.T) {
	assert.Equal(t, "v1.2.3", versionOf(&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}))
	assert.Equal(t, fallbackVersion, versionOf(&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}))
	assert.Equal(t, fallbackVersion+"+0123456789ab", versionOf(&debug.BuildInfo{
		Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}},
	}))
}

func TestRestartSeed(t *testing.T) {
	assert.EqualValues(t, 7, restartSeed(7, 0))
	assert.Equal(t, restartSeed(7, 3), restartSeed(7, 3))
	assert.NotEqual(t, restartSeed(7, 3), restartSeed(8, 3))
	assert.NotEqual(t, restartSeed(7, 3), restartSeed(7, 2))
}

func TestShortestReadsBack(t *testing.T) {
	assert.Equal(t, "0.1", shortest(float64(float32(0.1))))
	assert.Equal(t, "0.1", shortest(0.1))
	assert.Equal(t, "-0.4197901000001", shortest(-0.4197901000001))
}
