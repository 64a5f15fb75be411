package main

import (
	"errors"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -123: "-123", -1234: "-1,234"} {
		assert.Equal(t, want, grouped(n))
	}
}

func TestPlural(t *testing.T) {
	assert.Equal(t, "1 node", plural(1, "node"))
	assert.Equal(t, "2,708 nodes", plural(2708, "node"))
	assert.Equal(t, "7 classes", plural(7, "class"))
}

func TestDuration(t *testing.T) {
	for s, want := range map[float64]string{
		0.0000215: "21.5 µs", 0.00834: "8.34 ms", 0.5: "500 ms", 4.23: "4.2 s", 83.4: "1 min 23 s", 7325: "2 h 2 min",
	} {
		assert.Equal(t, want, duration(s))
	}
}

func TestMemorySize(t *testing.T) {
	assert.Equal(t, "12 kB", memorySize(12_345))
	assert.Equal(t, "188 MB", memorySize(187_654_321))
	assert.Equal(t, "1.50 GB", memorySize(1_500_000_000))
}

func TestWrap(t *testing.T) {
	assert.Equal(t, []string{"one two", "three"}, wrap(" one  two three ", 8))
	assert.Equal(t, []string{"a", strings.Repeat("x", 20), "b"}, wrap("a "+strings.Repeat("x", 20)+" b", 8))
	assert.Empty(t, wrap("", 8))
}

func TestSolidBar(t *testing.T) {
	assert.Equal(t, "██", solidBar(1, 2))
	assert.Equal(t, "█▌", solidBar(0.75, 2))
	assert.Equal(t, "▏", solidBar(1e-9, 2))
	assert.Empty(t, solidBar(0, 2))
}

func TestSparkline(t *testing.T) {
	assert.Equal(t, "▁▂▃▄▅▆▇█", sparkline([]float64{0, 1, 2, 3, 4, 5, 6, 7}, 20))
	assert.Equal(t, "█▁", sparkline([]float64{5, 3, 1, -1}, 2))
	assert.Equal(t, "▁▁", sparkline([]float64{4, 4}, 2))
	assert.Empty(t, sparkline(nil, 5))
}

func TestMedian(t *testing.T) {
	assert.Zero(t, median(nil))
	assert.InDelta(t, 2, median([]float64{9, 1, 2}), 0)
	assert.InDelta(t, 1.5, median([]float64{2, 1}), 0)
}

func TestSuggest(t *testing.T) {
	words := []string{"epochs", "encoder", "k"}
	assert.Equal(t, "epochs", suggest("ehpocs", words))
	assert.Equal(t, "encoder", suggest("encoders", words))
	assert.Empty(t, suggest("frobnicate", words))
	assert.Equal(t, 1, editDistance("ab", "ba"))
	assert.Equal(t, 3, editDistance("", "abc"))
	assert.Equal(t, 2, editDistance("kitten", "sittin"))
}

func TestReason(t *testing.T) {
	denied := errors.New("denied")
	assert.Equal(t, denied, reason(&fs.PathError{Op: "open", Path: "x", Err: denied}))
	assert.Equal(t, denied, reason(&os.LinkError{Op: "rename", Old: "x", New: "y", Err: denied}))
	assert.Equal(t, denied, reason(denied))
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
