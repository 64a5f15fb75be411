// Package runner runs commands for the programs that measure.
package runner

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Output runs a command in a folder, with env added to the environment, and
// returns what it prints. Its error has the last lines of what was printed.
func Output(dir string, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, LastLines(errs.String()+out.String(), 15))
	}
	return out.Bytes(), nil
}

// LastLines is the last n lines of s, without blanks around them.
func LastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
