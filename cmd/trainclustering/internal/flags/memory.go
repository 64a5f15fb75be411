package flags

import (
	"math"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// MemoryFlag is --memory-limit, of every command whose size the user sets.
func MemoryFlag() Row {
	return Row{
		Name: "memory-limit", Arg: "SIZE", Text: "stop before work that needs more memory than this, for example 8GB or 500MB (8G is 8GiB); none for no limit; " +
			"default: the memory of the machine or its container",
	}
}

// memoryUnits are the units of sizes; the longer endings go first.
var memoryUnits = []struct {
	name  string
	bytes float64
}{
	{"KIB", 1 << 10},
	{"MIB", 1 << 20},
	{"GIB", 1 << 30},
	{"TIB", 1 << 40},
	{"KB", 1e3},
	{"MB", 1e6},
	{"GB", 1e9},
	{"TB", 1e12},
	{"B", 1},
	{"K", 1 << 10}, // a letter alone is binary, as in Java and Docker
	{"M", 1 << 20},
	{"G", 1 << 30},
	{"T", 1 << 40},
}

// MemoryLimit reads --memory-limit in bytes. Where none is known or wanted it
// is +Inf.
func (r *Reader) MemoryLimit() float64 {
	typed := strings.ToUpper(strings.TrimSpace(r.Get("memory-limit")))
	switch typed {
	case "":
		if limit := machine.MemoryLimit(); limit > 0 {
			return float64(limit)
		}
		return math.Inf(1)
	case "NONE":
		return math.Inf(1)
	}
	number, unit := typed, 1.0
	for _, u := range memoryUnits {
		if rest, found := strings.CutSuffix(typed, u.name); found {
			number, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v <= 0 {
		r.Wrong("memory-limit", "a size such as 500MB or 8GB, or none", "")
	}
	return v * unit
}

// Fits refuses work that would take more memory than there may be.
func Fits(work string, bytes, limit float64, hint string) error {
	if bytes <= limit {
		return nil
	}
	return failure.Failedf("%s would take about %s of memory, want at most %s (--memory-limit)",
		work, text.MemorySize(size(bytes)), text.MemorySize(size(limit))).WithHint("%s", hint)
}

// size is a number of bytes, however large, as a whole number.
func size(bytes float64) int64 { return int64(min(bytes, math.MaxInt64/2)) }
