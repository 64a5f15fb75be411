package host_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/ops/host"
)

func TestFingerprint(t *testing.T) {
	x := make([]float32, 100_000)
	before := host.Fingerprint(x)
	assert.Equal(t, before, host.Fingerprint(make([]float32, len(x))))
	for _, i := range []int{0, 777, len(x) - 1} {
		x[i] = 1
		assert.NotEqual(t, before, host.Fingerprint(x), "number %d", i)
		x[i] = 0
	}
	assert.NotEqual(t, before, host.Fingerprint(x[1:]))
}
