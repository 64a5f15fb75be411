package check

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/graphpool/graphpool/"

// floors is the first folder of each package, from the lowest floor up.
var floors = []string{"ops", "modes", "losses", "layers", "cmd", "docs"}

// within is what a package may import of its own floor: the packages that
// begin with a name on the left, those on the right. A folder below one of its
// own, and any internal one, is always allowed.
var within = map[string][]string{
	"ops/host":        {"ops"},
	"modes/embed":     {"modes", "modes/kmeans"},
	"modes/shard":     {"modes", "modes/graphfile", "modes/wholefile"},
	"modes/sbm":       {"modes/graphfile", "modes/shard"},
	"modes/lfr":       {"modes/graphfile"},
	"modes/ring":      {"modes/graphfile"},
	"modes/graphfile": {"modes", "modes/wholefile"},
	"losses/refine":   {"losses/metrics"},
	"layers":          {"layers/param", "layers/train"},
	"layers/train":    {"layers/param"},
	"layers/cluster":  {"layers", "layers/param", "layers/train", "layers/train/stream"},

	"layers/train/stream": {"layers", "layers/param", "layers/train"},
}

func floorOf(pkg string) int {
	first, _, _ := strings.Cut(pkg, "/")
	for i, f := range floors {
		if f == first {
			return i
		}
	}
	return -1
}

// allowed tells whether one package of this module may import another.
func allowed(from, to string) bool {
	a, b := floorOf(from), floorOf(to)
	switch {
	case a < 0 || b < 0 || a < b:
		return false
	case a > b || floors[a] == "cmd" || floors[a] == "docs":
		return true
	}
	if strings.Contains(to, "/internal/") || strings.Contains(from, "/internal/") {
		return true
	}
	for _, w := range within[from] {
		if w == to {
			return true
		}
	}
	return false
}

func TestNoPackageImportsUpwards(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	list.Dir = "../../.."
	out, err := list.Output()
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Greater(t, len(lines), 20, "the packages of the module")
	for _, line := range lines {
		words := strings.Fields(line)
		from := strings.TrimPrefix(words[0], module)
		for _, to := range words[1:] {
			if to, ours := strings.CutPrefix(to, module); ours {
				assert.True(t, allowed(from, to), "%s imports %s", from, to)
			}
		}
	}
}

func TestAllowed(t *testing.T) {
	assert.True(t, allowed("layers", "losses"))
	assert.True(t, allowed("ops", "ops/internal/kernels"))
	assert.True(t, allowed("modes", "ops/formula"))
	assert.False(t, allowed("ops/formula", "modes"))
	assert.True(t, allowed("ops/internal/matching", "ops/internal/sparse"))
	assert.False(t, allowed("ops/internal/matching", "modes"))
	assert.False(t, allowed("ops", "modes"))
	assert.False(t, allowed("losses/metrics", "layers/param"))
	assert.False(t, allowed("ops", "ops/host"))
	assert.False(t, allowed("modes", "docs/performance"))
	assert.False(t, allowed("unknown", "ops"))
}
