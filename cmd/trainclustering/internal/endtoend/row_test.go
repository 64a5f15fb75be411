package endtoend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// row is a run of the command and what must be seen after it.
type row struct {
	args        string // with blanks between them
	stdin       string // a file; "" for none
	environment string // one variable more
	code        int
	sees        []sight
}

// sight is something that must be seen in the folder, or of the run.
type sight func(t *testing.T, dir string, got ran)

// out wants parts of standard output.
func out(parts ...string) sight {
	return func(t *testing.T, _ string, got ran) { contains(t, got.stdout, parts) }
}

// says wants parts of standard error.
func says(parts ...string) sight {
	return func(t *testing.T, _ string, got ran) { contains(t, got.stderr, parts) }
}

// file wants parts of a file; without any the file has to be there.
func file(path string, parts ...string) sight {
	return func(t *testing.T, dir string, _ ran) { contains(t, read(t, dir, path), parts) }
}

// differ wants two files that are not equal.
func differ(a, b string) sight {
	return func(t *testing.T, dir string, _ ran) {
		assert.NotEqual(t, read(t, dir, a), read(t, dir, b), "%s and %s", a, b)
	}
}

// same wants two equal files.
func same(a, b string) sight {
	return func(t *testing.T, dir string, _ ran) {
		assert.Equal(t, read(t, dir, a), read(t, dir, b), "%s and %s", a, b)
	}
}

// lines wants a file of so many lines, or standard output where the path is "".
func lines(path string, n int) sight {
	return func(t *testing.T, dir string, got ran) {
		text := got.stdout
		if path != "" {
			text = read(t, dir, path)
		}
		assert.Equal(t, n, strings.Count(text, "\n"), "lines of %q: %s", path, text)
	}
}

// shorter wants a file of fewer lines.
func shorter(path string, n int) sight {
	return func(t *testing.T, dir string, _ ran) {
		assert.Less(t, strings.Count(read(t, dir, path), "\n"), n, path)
	}
}

// silent wants nothing on standard error.
func silent() sight {
	return func(t *testing.T, _ string, got ran) { assert.Empty(t, got.stderr) }
}

// gone wants a path not to exist.
func gone(path string) sight {
	return func(t *testing.T, dir string, _ ran) { assert.NoFileExists(t, filepath.Join(dir, path)) }
}

func contains(t *testing.T, text string, parts []string) {
	t.Helper()
	for _, part := range parts {
		assert.Contains(t, text, part)
	}
}

// run runs the row in a folder and looks.
func (r row) run(t *testing.T, dir string) {
	t.Helper()
	var environment []string
	if r.environment != "" {
		environment = append(environment, r.environment)
	}
	cmd := command(t, dir, strings.Fields(r.args), environment...)
	if r.stdin != "" {
		f, err := os.Open(filepath.Join(dir, r.stdin))
		require.NoError(t, err)
		defer func() { _ = f.Close() }() // only read
		cmd.Stdin = f
	}
	got := finished(t, cmd)
	assert.Equal(t, r.code, got.code, got.stderr)
	for _, sees := range r.sees {
		sees(t, dir, got)
	}
}

// command is the words of the row before its flags and arguments: train, or
// generate sbm.
func (r row) command() string {
	words := strings.Fields(r.args)
	switch {
	case len(words) == 0 || strings.HasPrefix(words[0], "-"):
		return ""
	case words[0] == "generate" && len(words) > 1 && !strings.HasPrefix(words[1], "-"):
		return words[0] + " " + words[1]
	}
	return words[0]
}

// flags are the names of the row's flags.
func (r row) flags() (all []string) {
	for _, w := range strings.Fields(r.args) {
		if name, is := strings.CutPrefix(w, "--"); is {
			name, _, _ = strings.Cut(name, "=")
			all = append(all, name)
		}
	}
	return all
}
