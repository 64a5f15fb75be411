package shard_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/shard"
)

// fullSource is a graph with all that a store may have.
func fullSource(t *testing.T) shard.Source {
	t.Helper()
	h := hostOf(t, 30, 3, true, randomEdges(30, 50))
	s, err := shard.FromHost(h)
	require.NoError(t, err)
	s.Classes = []string{"a", "b"}
	s.Labels = func(lo, hi int64, labels []int32) error {
		for i := range labels {
			labels[i] = int32((lo+int64(i))%3) - 1
		}
		return nil
	}
	s.Order = func(lo, hi int64, order []int64) error {
		for i := range order {
			order[i] = 29 - lo - int64(i)
		}
		return nil
	}
	s.Names = func(lo, hi int64, names []string) error {
		for i := range names {
			names[i] = string(make([]byte, (lo+int64(i))%8)) + "ü"
		}
		return nil
	}
	return s
}

// fullStore is the folder of a store with all files, in blocks of 8 rows.
func fullStore(t *testing.T, o shard.Options) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "store")
	o.Block, o.Hops = 8, 2
	require.NoError(t, shard.Write(context.Background(), dir, fullSource(t), o))
	return dir
}

// readAll opens a store and reads all of it.
func readAll(dir string) (err error) {
	s, err := shard.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	m := s.Meta()
	for b := range s.Blocks() {
		var e shard.Edges
		errs := []error{s.Edges(b, &e)}
		for hop := range m.Propagated + 1 {
			_, err := s.Features(hop, b, nil)
			errs = append(errs, err)
		}
		_, err1 := s.Degrees(b, nil)
		_, err2 := s.Labels(b, nil)
		_, err3 := s.Order(b, nil)
		_, err4 := s.Names(b, nil)
		if err := errors.Join(append(errs, err1, err2, err3, err4)...); err != nil {
			return err
		}
	}
	return nil
}

// A row that is read alone is refused where another of its block was damaged.
func TestSingleRowsOfDamagedBlocks(t *testing.T) {
	for name, read := range map[string]func(s shard.Source) error{
		"columns.bin":    func(s shard.Source) error { return s.Edges(1, 2, &shard.Edges{}) },
		"weights.bin":    func(s shard.Source) error { return s.Edges(1, 2, &shard.Edges{}) },
		"rows.bin":       func(s shard.Source) error { return s.Edges(1, 2, &shard.Edges{}) },
		"features-0.bin": func(s shard.Source) error { return s.X(1, 2, make([]float32, 3)) },
	} {
		dir := fullStore(t, shard.Options{})
		s, err := shard.Open(dir)
		require.NoError(t, err)
		require.NoError(t, read(shard.FromStore(s)))
		require.NoError(t, s.Close())

		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		b[0] ^= 1
		require.NoError(t, os.WriteFile(path, b, 0o644))
		s, err = shard.Open(dir)
		require.NoError(t, err)
		assert.ErrorContains(t, read(shard.FromStore(s)), name+": block 0 does not match its checksum")
		require.NoError(t, s.Close())
	}
}

// A block that has been read is compared with its checksum again once its file is
// written to.
func TestABlockChangedAfterItsFirstRead(t *testing.T) {
	dir := fullStore(t, shard.Options{})
	s, err := shard.Open(dir)
	require.NoError(t, err)
	defer func() { _ = s.Close() }() // only read
	for range 2 {
		_, err = s.Features(1, 0, nil)
		require.NoError(t, err)
	}
	path := filepath.Join(dir, "features-1.bin")
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	write := func(at int, v byte) {
		t.Helper()
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteAt([]byte{v}, int64(at))
		require.NoError(t, errors.Join(err, f.Close(), os.Chtimes(path, time.Time{}, time.Now().Add(time.Second))))
	}
	write(5, b[5]^1)
	_, err = s.Features(1, 0, nil)
	assert.ErrorContains(t, err, "features-1.bin: block 0 does not match its checksum: the file was changed or damaged")
	write(5, b[5])
	_, err = s.Features(1, 0, nil)
	assert.NoError(t, err)
}

// files are the names of the store's files, with their content.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		all[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
	}
	return all
}

func TestStoreHasTheFilesOfTheDocumentation(t *testing.T) {
	dir := fullStore(t, shard.Options{})
	require.NoError(t, readAll(dir))
	var names []string
	for name := range files(t, dir) {
		names = append(names, name)
	}
	assert.ElementsMatch(t, []string{
		"meta.json", "blocks.bin", "rows.bin", "columns.bin", "weights.bin", "degrees.bin", "labels.bin",
		"order.bin", "names.bin", "features-0.bin", "features-1.bin", "features-2.bin",
	}, names)
}

func TestAnyChangedByteIsRefusedByTheFilesName(t *testing.T) {
	for _, dtype := range []string{shard.Float32, shard.BFloat16} {
		dir := fullStore(t, shard.Options{Dtype: dtype})
		for name, content := range files(t, dir) {
			path := filepath.Join(dir, name)
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			require.NoError(t, err)
			for at := range content {
				_, err := f.WriteAt([]byte{content[at] ^ 1<<(at%8)}, int64(at))
				require.NoError(t, err)
				require.ErrorContains(t, readAll(dir), path, "byte %d", at)
				_, err = f.WriteAt(content[at:at+1], int64(at))
				require.NoError(t, err)
			}
			require.NoError(t, f.Close())
		}
		require.NoError(t, readAll(dir))
	}
}

func TestAFileThatIsCutOffMissingOrLongerIsRefusedByItsName(t *testing.T) {
	dir := fullStore(t, shard.Options{})
	for name, content := range files(t, dir) {
		path := filepath.Join(dir, name)
		for _, n := range []int{0, 1, len(content) / 2, len(content) - 1} {
			require.NoError(t, os.Truncate(path, int64(n)))
			require.ErrorContains(t, readAll(dir), path, "%d bytes", n)
		}
		require.NoError(t, os.WriteFile(path, append(content[:len(content):len(content)], 0), 0o644))
		require.ErrorContains(t, readAll(dir), path)
		require.NoError(t, os.Remove(path))
		require.ErrorContains(t, readAll(dir), path)
		require.NoError(t, os.WriteFile(path, content, 0o644))
	}
	require.NoError(t, readAll(dir))
}

func TestFilesOfAnotherStoreAreRefused(t *testing.T) {
	dir := fullStore(t, shard.Options{})
	other := filepath.Join(t.TempDir(), "other")
	s := fullSource(t)
	x := s.X
	s.X = func(lo, hi int64, to []float32) error {
		err := x(lo, hi, to)
		to[0]++
		return err
	}
	require.NoError(t, shard.Write(context.Background(), other, s, shard.Options{Block: 8, Hops: 2}))
	path := filepath.Join(dir, "features-1.bin")
	require.NoError(t, os.WriteFile(path, files(t, other)["features-1.bin"], 0o644))
	assert.ErrorContains(t, readAll(dir), path)
}

func TestStoreIsTheSameForTheSameGraph(t *testing.T) {
	assert.Equal(t, files(t, fullStore(t, shard.Options{})), files(t, fullStore(t, shard.Options{Memory: 1})))
}

func TestWriteRefuses(t *testing.T) {
	broken := errors.New("broken")
	for want, spoil := range map[string]func(s *shard.Source, o *shard.Options){
		"Block = -1, want 1 to 16777216":              func(_ *shard.Source, o *shard.Options) { o.Block = -1 },
		`Dtype = "float16", want float32 or bfloat16`: func(_ *shard.Source, o *shard.Options) { o.Dtype = "float16" },
		"Hops = 65, want 0 to 64":                     func(_ *shard.Source, o *shard.Options) { o.Hops = 65 },
		"MaxEntries = -2, want 1 to 268435456":        func(_ *shard.Source, o *shard.Options) { o.MaxEntries = -2 },
		"Memory = -1, want at least 0":                func(_ *shard.Source, o *shard.Options) { o.Memory = -1 },
		"nodes = 2147483648, want 0 to 2147483647":    func(s *shard.Source, _ *shard.Options) { s.Nodes = 1 << 31 },
		"features = 1048577, want 0 to 1048576":       func(s *shard.Source, _ *shard.Options) { s.Features = 1<<20 + 1 },
		"the source has no Edges":                     func(s *shard.Source, _ *shard.Options) { s.Edges = nil },
		"features = 3, but the source has no X":       func(s *shard.Source, _ *shard.Options) { s.X = nil },
		"broken": func(s *shard.Source, _ *shard.Options) {
			s.Labels = func(_, _ int64, _ []int32) error { return broken }
		},
		"the name of node 0 has 65537 bytes, want at":    func(s *shard.Source, _ *shard.Options) { s.Names = longNames },
		"the adjacency is not symmetric, want each edge": func(s *shard.Source, _ *shard.Options) { s.Edges = oneWay },
		"column of entry 0 is 30, want 0 to 29":          func(s *shard.Source, _ *shard.Options) { s.Edges = tooFar },
		"31 row pointers for the rows 0 to 8, want 9":    func(s *shard.Source, o *shard.Options) { s.Edges, o.Block = tooMany, 8 },
		"want a finite number of at most 3.39e+38":       func(s *shard.Source, o *shard.Options) { s.X, o.Dtype = largest, shard.BFloat16 },
		"feature 2 of node 0 is NaN, want a finite":      func(s *shard.Source, _ *shard.Options) { s.X = nan },
	} {
		s, o, parent := fullSource(t), shard.Options{}, t.TempDir()
		spoil(&s, &o)
		require.ErrorContains(t, shard.Write(context.Background(), filepath.Join(parent, "store"), s, o), want)
		left, err := os.ReadDir(parent)
		require.NoError(t, err)
		assert.Empty(t, left, want)
	}
}

func TestWriteLeavesWhatIsThere(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "store")
	require.NoError(t, os.Mkdir(dir, 0o755))
	require.NoError(t, shard.Write(context.Background(), dir, fullSource(t), shard.Options{}), "an empty folder is taken")
	assert.ErrorContains(t, shard.Write(context.Background(), dir, fullSource(t), shard.Options{}), "the folder is there and not empty, want a new one")
	require.NoError(t, readAll(dir))
	file := filepath.Join(parent, "file")
	require.NoError(t, os.WriteFile(file, []byte("x"), 0o644))
	assert.ErrorContains(t, shard.Write(context.Background(), file, fullSource(t), shard.Options{}), "want a new folder")

	unfinished := filepath.Join(parent, ".new.unfinished")
	require.NoError(t, os.MkdirAll(filepath.Join(unfinished, "deep"), 0o755))
	require.NoError(t, shard.Write(context.Background(), filepath.Join(parent, "new"), fullSource(t), shard.Options{}))
	assert.NoDirExists(t, unfinished)
	assert.NoDirExists(t, filepath.Join(parent, "new", "deep"))
}

func TestTwoWritersOfOneStoreAreKeptApart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s := fullSource(t)
	edges, second := s.Edges, error(nil)
	s.Edges = func(lo, hi int64, e *shard.Edges) error {
		second = shard.Write(context.Background(), dir, fullSource(t), shard.Options{})
		return edges(lo, hi, e)
	}
	require.NoError(t, shard.Write(context.Background(), dir, s, shard.Options{}))
	assert.ErrorContains(t, second, "another process writes this store")
	require.NoError(t, readAll(dir))
}

func TestAnEndedContextEndsWrite(t *testing.T) {
	parent := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	o := shard.Options{Block: 8, Hops: 1, Progress: func(stage string, _ float64) {
		if stage == "features" {
			cancel()
		}
	}}
	assert.ErrorIs(t, shard.Write(ctx, filepath.Join(parent, "store"), fullSource(t), o), context.Canceled)
	left, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestStoreRefusesWhatItHasNot(t *testing.T) {
	s := write(t, hostOf(t, 12, 0, false, randomEdges(12, 20)), shard.Options{})
	_, err := s.Features(0, 0, nil)
	assert.ErrorContains(t, err, "the store has no features")
	_, err = s.Labels(0, nil)
	assert.ErrorContains(t, err, "the store has no labels.bin")
	_, err = s.Names(0, nil)
	assert.ErrorContains(t, err, "the store has no names")
	assert.ErrorContains(t, s.Edges(1, &shard.Edges{}), "block = 1, want 0 to 0")
	order, err := s.Order(0, nil)
	require.NoError(t, err)
	assert.Equal(t, []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, order)

	s = write(t, hostOf(t, 12, 2, false, randomEdges(12, 20)), shard.Options{Hops: 1})
	_, err = s.Features(2, 0, nil)
	assert.ErrorContains(t, err, "hop = 2, want 0 to 1")
	_, err = shard.Open(t.TempDir())
	assert.ErrorContains(t, err, "meta.json: no such file")
}

func TestColumnsOfTheStore(t *testing.T) {
	s := writeSource(t, fullSource(t), shard.Options{Block: 8})
	labels, err := s.Labels(1, make([]int32, 0, 20))
	require.NoError(t, err)
	assert.Equal(t, []int32{1, -1, 0, 1, -1, 0, 1, -1}, labels)
	order, err := s.Order(3, nil)
	require.NoError(t, err)
	assert.Equal(t, []int64{5, 4, 3, 2, 1, 0}, order)
	names, err := s.Names(3, nil)
	require.NoError(t, err)
	assert.Equal(t, "\x00\x00ü", names[2])
	assert.Equal(t, []string{"a", "b"}, s.Meta().Classes)
}

func longNames(_, _ int64, names []string) error {
	names[0] = string(make([]byte, 65537))
	return nil
}

func oneWay(lo, hi int64, e *shard.Edges) error {
	*e = shard.Edges{Ptr: make([]int64, hi-lo+1), Col: []int32{29}, Weight: []float32{1}}
	for i := range e.Ptr[1:] {
		e.Ptr[i+1] = 1
	}
	return nil
}

func tooFar(lo, hi int64, e *shard.Edges) error {
	err := oneWay(lo, hi, e)
	e.Col[0] = 30
	return err
}

func tooMany(_, _ int64, e *shard.Edges) error { return oneWay(0, 30, e) }

func largest(_, _ int64, x []float32) error {
	x[1] = 3.4e38
	return nil
}

func nan(_, _ int64, x []float32) error {
	x[2] = float32(0 / zero)
	return nil
}

var zero float64

// A file may be cut off while the store is open.
func TestAFileCutOffAfterOpen(t *testing.T) {
	dir := fullStore(t, shard.Options{})
	s, err := shard.Open(dir)
	require.NoError(t, err)
	defer func() { assert.NoError(t, s.Close()) }()
	path := filepath.Join(dir, "degrees.bin")
	require.NoError(t, os.Truncate(path, 100))
	_, err = s.Degrees(1, nil)
	assert.EqualError(t, err, "shard: "+path+": block 1 has 36 bytes, want 64: the file was cut off")
}

// What is wanted at the end of a training alone is checked before it.
func TestCheckNodes(t *testing.T) {
	for _, file := range []string{"labels.bin", "order.bin", "names.bin"} {
		dir := fullStore(t, shard.Options{})
		s, err := shard.Open(dir)
		require.NoError(t, err)
		require.NoError(t, s.CheckNodes(context.Background()))
		require.NoError(t, s.Close())
		at := filepath.Join(dir, file)
		text, err := os.ReadFile(at)
		require.NoError(t, err)
		text[0] ^= 1
		require.NoError(t, os.WriteFile(at, text, 0o600))
		s, err = shard.Open(dir)
		require.NoError(t, err)
		assert.ErrorContains(t, s.CheckNodes(context.Background()), file+": block 0 does not match its checksum")
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		require.ErrorIs(t, s.CheckNodes(ended), context.Canceled)
		require.NoError(t, s.Close())
	}
}
