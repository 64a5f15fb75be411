package machine

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCgroupLimits(t *testing.T) {
	root := t.TempDir()
	put := func(path, text string) string {
		path = filepath.Join(root, path)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	put("a/b/memory.max", "max\n")
	put("a/memory.max", "1000\n")
	put("memory/x/memory.limit_in_bytes", "300\n")
	put("memory/memory.limit_in_bytes", "9223372036854771712\n")
	self := put("self", "0::/a/b\n")
	assert.Equal(t, []int64{0, 1000, 0}, cgroupLimits(root, self))
	self = put("self", "5:cpu,cpuacct:/x\n4:memory:/x\n1:name=systemd:/\nodd\n")
	assert.Equal(t, []int64{300, 9223372036854771712}, cgroupLimits(root, self))
	self = put("self", "0::/not/here\n")
	assert.Equal(t, []int64{0, 0, 0}, cgroupLimits(root, self))
	assert.Empty(t, cgroupLimits(root, filepath.Join(root, "none")))
}

func TestMemoryLimit(t *testing.T) {
	assert.Greater(t, MemoryLimit(), int64(50_000_000))
}
