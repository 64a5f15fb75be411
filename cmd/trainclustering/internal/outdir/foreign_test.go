package outdir

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func TestForeignFilesStay(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	put(t, filepath.Join(dir, "notes"), "mine")
	require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "link")))
	require.NoError(t, os.Chmod(dir, 0o700))
	for _, text := range []string{"1", "2", "3"} {
		require.NoError(t, Write(t.Context(), dir, names, texts("a", text, "b"+text, text)))
		assert.Equal(t, map[string]string{"notes": "mine", "a": text, "b" + text: text}, contents(t, dir))
		target, err := os.Readlink(filepath.Join(dir, "link"))
		require.NoError(t, err)
		assert.Equal(t, "nowhere", target)
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	put(t, filepath.Join(dir, "folder", "x"), "mine") // no swap from now on
	require.NoError(t, Write(t.Context(), dir, names, texts("a", "4")))
	assert.Equal(t, map[string]string{"notes": "mine", "a": "4", filepath.Join("folder", "x"): "mine"}, contents(t, dir))
	left, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, left, 1, "nothing beside the folder")
}

func TestForeignNamesAreRefused(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "b"), "mine")
	want := "--out = " + dir + " holds a b that no run of trainclustering wrote, want it moved or another directory"
	assert.EqualError(t, Check(dir, names), want)
	assert.EqualError(t, Write(t.Context(), dir, names, texts("a", "new")), want)
	assert.Equal(t, map[string]string{"b": "mine"}, contents(t, dir))
	for _, text := range []string{
		`{"files":[{"name":"b"}]}`, // another program's
		`{"program":"trainclustering","files":[{"name":"b"},{"name":"../b"}]}`,
		`{"program":"trainclustering","files":[{"name":"b"},{"name":""}]}`,
		`{`,
	} {
		put(t, filepath.Join(dir, ManifestName), text)
		assert.Error(t, Check(dir, names), text)
	}
	put(t, filepath.Join(dir, ManifestName), `{"program":"trainclustering","files":[{"name":"b"}]}`)
	assert.NoError(t, Check(dir, names))
}

func TestFolderOfTheTimeBeforeManifests(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "history.csv"), "# trainclustering 0.1.0-dev\n")
	put(t, filepath.Join(dir, "a"), "old")
	all := append([]string{"history.csv"}, names...)
	require.NoError(t, Check(dir, all))
	require.NoError(t, Write(t.Context(), dir, all, texts("b", "new")))
	assert.Equal(t, map[string]string{"b": "new"}, contents(t, dir))
}

func TestWorkingDirectoryStays(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	before, err := os.Stat(".")
	require.NoError(t, err)
	for _, text := range []string{"1", "2"} {
		require.NoError(t, Write(t.Context(), ".", names, texts("a", text, "b", text)))
		assert.Equal(t, map[string]string{"a": text, "b": text}, contents(t, "."))
	}
	require.NoError(t, Write(t.Context(), ".", names, texts("b", "3")))
	assert.Equal(t, map[string]string{"b": "3"}, contents(t, dir))
	after, err := os.Stat(dir)
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after), "the folder is the same")
}

func TestLinkedFolderStaysLinked(t *testing.T) {
	parent := t.TempDir()
	target, link := filepath.Join(parent, "target"), filepath.Join(parent, "link")
	require.NoError(t, os.Symlink("target", link))
	want := "--out = " + link + ": " + link + " is a symbolic link to target, which cannot be followed: no such file or directory"
	assert.EqualError(t, Check(link, names), want)
	assert.EqualError(t, Check(filepath.Join(link, "below"), names), "--out = "+filepath.Join(link, "below")+
		": "+link+" is a symbolic link to target, which cannot be followed: no such file or directory")
	require.NoError(t, os.Mkdir(target, 0o755))
	require.NoError(t, Check(link, names))
	require.NoError(t, Write(t.Context(), link, names, texts("a", "1")))
	require.NoError(t, Write(t.Context(), filepath.Join(link, "x", "y"), names, texts("a", "2")))
	assert.Equal(t, map[string]string{"a": "1", filepath.Join("x", "y", "a"): "2"}, contents(t, target))
	_, err := os.Readlink(link)
	assert.NoError(t, err)
}

func TestLeftoversOfKilledRuns(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	stage := filepath.Join(parent, stagePrefix(dir))
	put(t, filepath.Join(stage+"1", "a"), "half") // before the folder was there
	require.NoError(t, Write(t.Context(), dir, names, texts("a", "1", "b", "1")))

	put(t, filepath.Join(dir, "notes"), "mine")
	put(t, filepath.Join(stage+"2", "a"), "half") // before the swap
	put(t, filepath.Join(stage+"3", "b"), "old")  // after it
	put(t, filepath.Join(stage+"3", "came"), "mine")
	require.NoError(t, os.Link(filepath.Join(dir, "notes"), filepath.Join(stage+"3", "notes")))
	put(t, filepath.Join(dir, stagingName, "a"), "half")
	require.NoError(t, Write(t.Context(), dir, names, texts("a", "2")))
	assert.Equal(t, map[string]string{"a": "2", "notes": "mine", "came": "mine"}, contents(t, dir))
	left, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, left, 1, "nothing beside the folder")
}

// TestMoveInIsEndedByTheNextRun cuts the moving short after each of its steps.
func TestMoveInIsEndedByTheNextRun(t *testing.T) {
	for moved := range 4 {
		dir := t.TempDir()
		require.NoError(t, Write(t.Context(), dir, names, texts("a", "old", "c", "old")))
		ready := filepath.Join(dir, readyName)
		require.NoError(t, os.Mkdir(ready, 0o755))
		require.NoError(t, writeFiles(t.Context(), ready, dir, texts("a", "new", "b", "new")))
		for _, name := range []string{"a", "b", ManifestName}[:moved] {
			if name == ManifestName {
				require.NoError(t, os.Remove(filepath.Join(dir, "c")))
			}
			require.NoError(t, os.Rename(filepath.Join(ready, name), filepath.Join(dir, name)))
		}
		require.NoError(t, Check(dir, names))
		w := &writer{ctx: t.Context(), dir: dir, at: dir, names: names}
		require.NoError(t, w.recover())
		assert.Equal(t, map[string]string{"a": "new", "b": "new"}, contents(t, dir), "after %d", moved)
		assert.Len(t, filesUnder(t, dir), 4)
	}
}

func TestRunsAtOnceAllEndWell(t *testing.T) {
	parent := t.TempDir()
	for _, dir := range []string{filepath.Join(parent, "out"), filepath.Join(parent, "in", "place")} {
		if filepath.Base(dir) == "place" {
			put(t, filepath.Join(dir, "folder", "x"), "mine")
		}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				text := string(rune('0' + i))
				for range 5 {
					assert.NoError(t, Write(t.Context(), dir, names, texts("a", text, "b", text, "c", text)))
				}
			})
		}
		all.Wait()
		got := contents(t, dir)
		assert.Equal(t, got["a"], got["b"])
		assert.Equal(t, got["a"], got["c"])
	}
	left, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, left, 2)
}

func TestInterruptedWriteLeavesTheOldFiles(t *testing.T) {
	cause := errors.New("stopped")
	parent := t.TempDir()
	for _, dir := range []string{filepath.Join(parent, "out"), filepath.Join(parent, "in", "place")} {
		put(t, filepath.Join(dir, "folder", "x"), "mine")
		if filepath.Base(dir) == "out" {
			require.NoError(t, os.RemoveAll(dir))
		}
		require.NoError(t, Write(t.Context(), dir, names, texts("a", "old")))
		before := filesUnder(t, parent)
		ctx, cancel := context.WithCancelCause(t.Context())
		files := append(texts("a", "new"), File{"b", func(w io.Writer) error {
			cancel(cause)
			_, err := io.WriteString(w, "new")
			return err
		}})
		assert.ErrorIs(t, Write(ctx, dir, names, files), cause)
		assert.Equal(t, "old", contents(t, dir)["a"])
		assert.Equal(t, before, filesUnder(t, parent))
	}
}

// A run of one command does not remove what another one gave.
func TestResultsOfAnotherCommandStay(t *testing.T) {
	trained, compared := []string{"history.csv", "model.safetensors"}, []string{"compare.csv", "report.html"}
	for _, c := range []struct{ first, second []string }{{trained, compared}, {compared, trained}} {
		dir := filepath.Join(t.TempDir(), "out")
		require.NoError(t, Write(t.Context(), dir, c.first, texts(c.first[0], "1", c.first[1], "2")))
		before := contents(t, dir)
		want := "holds the results of another command, with a "
		require.ErrorContains(t, Check(dir, c.second), want)
		require.ErrorContains(t, Write(t.Context(), dir, c.second, texts(c.second[0], "3")), want)
		assert.Equal(t, before, contents(t, dir))
		require.NoError(t, Check(dir, c.first))
	}
}

func TestCheckLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	require.NoError(t, Check(filepath.Join(parent, "x", "y"), names))
	assert.Equal(t, []string{parent}, filesUnder(t, parent))
	put(t, filepath.Join(parent, "file"), "")
	assert.EqualError(t, Check(filepath.Join(parent, "file"), names), "--out = "+filepath.Join(parent, "file")+" is a file, want a directory")
	assert.EqualError(t, Check(filepath.Join(parent, "file", "x"), names), "--out = "+filepath.Join(parent, "file", "x")+": not a directory")
	require.NoError(t, os.MkdirAll(filepath.Join(parent, "taken", "a"), 0o755))
	assert.EqualError(t, Check(filepath.Join(parent, "taken"), names), "--out = "+filepath.Join(parent, "taken")+", but its a is a directory")
}
