package shard

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// TestSignedButWrongStoresAreRefused changes files and signs them again: what
// they say is not believed either.
func TestSignedButWrongStoresAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(t *testing.T, dir string, m *Meta){
		"version = 2, want 1":                 func(_ *testing.T, _ string, m *Meta) { m.Version = 2 },
		"nodes = -1, want 0 to 2147483647":    func(_ *testing.T, _ string, m *Meta) { m.Nodes = -1 },
		"entries = -4, want at least 0":       func(_ *testing.T, _ string, m *Meta) { m.Entries = -4 },
		"features = -1, want 0 to 1048576":    func(_ *testing.T, _ string, m *Meta) { m.Features = -1 },
		"propagated = 65, want 0 to 64":       func(_ *testing.T, _ string, m *Meta) { m.Propagated = 65 },
		"block = 0, want 1 to 16777216":       func(_ *testing.T, _ string, m *Meta) { m.Block = 0 },
		`dtype = "int8", want float32`:        func(_ *testing.T, _ string, m *Meta) { m.Dtype = "int8" },
		"files has no features-0.bin":         func(_ *testing.T, _ string, m *Meta) { m.Features = 1 },
		"the blocks end at row 3 and entry 4": func(_ *testing.T, _ string, m *Meta) { m.Nodes = 4 },
		"block 0 has the rows 0 to 2":         func(_ *testing.T, _ string, m *Meta) { m.Block = 1 },
		"block 0 begins at row 1":             func(t *testing.T, dir string, m *Meta) { resign(t, dir, blocksName, m, 1, 0, 0, 3, 4, 0) },
		"block 0 has the rows 0 to -1":        func(t *testing.T, dir string, m *Meta) { resign(t, dir, blocksName, m, 0, 0, 0, -1, 0, 0, 3, 4, 0) },
		"0 starts of blocks, want 1 to 4":     func(t *testing.T, dir string, m *Meta) { resign(t, dir, blocksName, m) },
		"rows.bin: 8 bytes, want 24":          func(t *testing.T, dir string, m *Meta) { resign(t, dir, rowsName, m, 0) },
	} {
		t.Run(want, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "store")
			g, err := graphfile.ReadEdgeList(strings.NewReader("0 1\n1 2\n"), "a path")
			require.NoError(t, err)
			require.NoError(t, Write(context.Background(), dir, FromGraph(g), Options{Block: 2}))
			m, err := readMeta(dir)
			require.NoError(t, err)
			spoil(t, dir, &m)
			b, err := m.encode()
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, metaName), b, 0o644))
			s, err := Open(dir)
			if err == nil {
				err = s.Close()
			}
			require.ErrorContains(t, err, want)
		})
	}
}

// resign writes a file of one block and tells m.
func resign(t *testing.T, dir, name string, m *Meta, values ...int64) {
	t.Helper()
	require.NoError(t, os.Remove(filepath.Join(dir, name)))
	f, err := newBlockWriter(dir, name)
	require.NoError(t, err)
	require.NoError(t, f.block(stored(values)))
	if name == rowsName { // of two blocks
		f.sums = append(f.sums, 0)
	}
	m.Files[name], err = f.close()
	require.NoError(t, err)
}

// TestRowsThatDoNotFitAreRefused reads rows whose offsets were signed wrong.
func TestRowsThatDoNotFitAreRefused(t *testing.T) {
	for _, rows := range [][]int64{{1, 1, 3}, {0, 9, 3}, {0, -1, 3}, {0, 3, 1}} {
		dir := filepath.Join(t.TempDir(), "store")
		g, err := graphfile.ReadEdgeList(strings.NewReader("0 1\n1 2\n"), "a path")
		require.NoError(t, err)
		require.NoError(t, Write(context.Background(), dir, FromGraph(g), Options{}))
		m, err := readMeta(dir)
		require.NoError(t, err)
		require.NoError(t, os.Remove(filepath.Join(dir, rowsName)))
		f, err := newBlockWriter(dir, rowsName)
		require.NoError(t, err)
		require.NoError(t, f.block(stored(rows)))
		m.Files[rowsName], err = f.close()
		require.NoError(t, err)
		b, err := m.encode()
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, metaName), b, 0o644))
		s, err := Open(dir)
		require.NoError(t, err)
		require.Error(t, s.Edges(0, &Edges{}), "%v", rows)
		wrong := 0
		for i := range int64(3) { // each row alone
			if err := FromStore(s).Edges(i, i+1, &Edges{}); err != nil {
				require.Regexp(t, "row pointer|have the entries", err.Error(), "%v", rows)
				wrong++
			}
		}
		require.Positive(t, wrong, "%v", rows)
		require.NoError(t, s.Close())
	}
}
