package kernels

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChooseLevel(t *testing.T) {
	for _, c := range []struct {
		want    string
		best    isa
		level   isa
		refused string
	}{
		{"", avx2, avx2, ""},
		{"", plain, plain, ""},
		{"purego", avx512, plain, ""},
		{"avx2", avx512, avx2, ""},
		{"avx512", avx512, avx512, ""},
		{"avx512", avx2, avx2, `GRAPHPOOL_CPU = "avx512", want one of purego, avx2 here; using avx2`},
		{"AVX2", avx512, avx512, `GRAPHPOOL_CPU = "AVX2", want one of purego, avx2, avx512 here; using avx512`},
		{"avx2", plain, plain, `GRAPHPOOL_CPU = "avx2", want one of purego here; using purego`},
	} {
		level, err := chooseLevel(c.want, c.best)
		assert.Equal(t, c.level, level, c.want)
		if c.refused == "" {
			assert.NoError(t, err, c.want)
		} else {
			assert.EqualError(t, err, c.refused)
		}
	}
}

// The variable is read when a program starts, and what it asks for in vain is
// told once.
func TestLevelOfTheEnvironment(t *testing.T) {
	if want := os.Getenv("WANT_LEVEL"); want != "" {
		assert.Equal(t, want, levelNames[level])
		return
	}
	self, err := os.Executable()
	require.NoError(t, err)
	for value, told := range map[string]string{"purego": "", "sse9": "graphpool: GRAPHPOOL_CPU = \"sse9\", want one of"} {
		want := value
		if told != "" {
			want = levelNames[bestLevel()]
		}
		c := exec.Command(self, "-test.run=^TestLevelOfTheEnvironment$")
		c.Env = append(os.Environ(), levelVariable+"="+value, "WANT_LEVEL="+want)
		out, err := c.CombinedOutput()
		require.NoError(t, err, "%s", out)
		if told == "" {
			assert.NotContains(t, string(out), levelVariable)
		} else {
			assert.Contains(t, string(out), told)
		}
	}
}
