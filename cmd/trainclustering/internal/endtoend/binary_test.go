package endtoend

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// folder holds what the tests of the package have in common; TestMain removes it.
var folder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "endtoend-") })

// built builds the command once.
var built = sync.OnceValues(func() (string, error) {
	dir, err := folder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "trainclustering")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if text, err := exec.Command("go", "build", "-o", path, "../..").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, text)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	status := m.Run()
	if dir, err := folder(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(status)
}

// binary is the path of the command.
func binary(t *testing.T) string {
	t.Helper()
	path, err := built()
	require.NoError(t, err)
	return path
}

// ran is what a run of the command left behind.
type ran struct {
	code           int
	stdout, stderr string
}

// command is a run to start in a folder, with more variables of the
// environment.
func command(t *testing.T, dir string, args []string, environment ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary(t), args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), environment...)
	return cmd
}

// runIn runs the command in a folder to its end. The arguments have blanks
// between them.
func runIn(t *testing.T, dir, args string, environment ...string) ran {
	t.Helper()
	return finished(t, command(t, dir, strings.Fields(args), environment...))
}

// finished runs a command to its end.
func finished(t *testing.T, cmd *exec.Cmd) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return ran{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// done runs the command in a folder and wants it to end well.
func done(t *testing.T, dir, args string, environment ...string) ran {
	t.Helper()
	got := runIn(t, dir, args, environment...)
	require.Zero(t, got.code, "%s: %s", args, got.stderr)
	return got
}

// write writes a file of the test's into a folder.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
}

// read is the text of a file in a folder.
func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return string(text)
}

// names lists what a folder has; it has nothing where it does not exist.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if !errors.Is(err, os.ErrNotExist) {
		require.NoError(t, err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}
