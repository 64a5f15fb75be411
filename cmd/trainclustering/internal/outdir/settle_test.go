package outdir

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// synced is a writer with a Sync that fails.
type synced struct {
	bytes.Buffer
	err error
}

func (s *synced) Sync() error { return s.err }

func TestSettle(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "f"))
	require.NoError(t, err)
	require.NoError(t, Settle(f))
	require.NoError(t, f.Close())

	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, Settle(w), "a pipe has no Sync")
	require.NoError(t, errors.Join(r.Close(), w.Close()))

	require.NoError(t, Settle(&bytes.Buffer{}))
	require.NoError(t, Settle(&synced{err: syscall.EINVAL}), "not of this file system")
	assert.ErrorIs(t, Settle(&synced{err: syscall.EDQUOT}), syscall.EDQUOT)
}
