package endtoend

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bashAsks calls the function as bash does at a tab, with or without the
// scripts of bash-completion.
const bashAsks = `
[ -n "$1" ] && source "$1"
source <(trainclustering completion bash)
ask() {
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
	_trainclustering 2>/dev/null
	echo "${COMPREPLY[*]}"
}
ask trainclustering train --optimizer ''
ask trainclustering train --schedule = w
ask trainclustering compare --methods dmon,mi
ask trainclustering tr
ask trainclustering train --data pl
`

const fishAsks = `
trainclustering completion fish | source
complete -C 'trainclustering train --optimizer '
complete -C 'trainclustering train --schedule=w'
complete -C 'trainclustering compare --methods dmon,mi'
complete -C 'trainclustering tr'
complete -C 'trainclustering train --data pl'
`

// zshAsks types the lines into a zsh of its own and prints what stands there
// after the tab; one value at most fits each.
const zshAsks = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1='' ; autoload -Uz compinit; compinit -u -D; source <(trainclustering completion zsh); echo rea''dy"
zpty -r -m shell text '*ready*'
for line in 'train --optimizer sg' 'train --schedule=w' 'compare --methods dmon,mi' 'trai' 'train --data pl'; do
	zpty -w -n shell "trainclustering $line"$'\t'$'\x01'"echo seen: "$'\x05'$'\n'
	zpty -r -m shell text $'*\nseen: *\n*'
	print -r -- "${${text##*$'\n'seen: }%%$'\r'*}"
done
zpty -d shell
`

// asked runs a script in a shell that has the command on its path, in a folder
// with one file; the test is left out where the shell is not there.
func asked(t *testing.T, script string, shell ...string) []string {
	t.Helper()
	if _, err := exec.LookPath(shell[0]); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	write(t, dir, "plain.txt", "0 1\n")
	write(t, dir, "script", script)
	cmd := exec.CommandContext(t.Context(), shell[0], shell[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(binary(t))+string(filepath.ListSeparator)+os.Getenv("PATH"), "HOME="+dir)
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, string(text))
	return strings.Split(strings.TrimRight(string(text), "\n"), "\n")
}

func TestBashCompletes(t *testing.T) {
	want := []string{"adam adamw sgd", "warmup-cosine", "dmon,mincut", "train", "plain.txt"}
	t.Run("alone", func(t *testing.T) { assert.Equal(t, want, asked(t, bashAsks, "bash", "--norc", "script")) })
	t.Run("with bash-completion", func(t *testing.T) {
		const more = "/usr/share/bash-completion/bash_completion"
		if _, err := os.Stat(more); err != nil {
			t.Skip(err)
		}
		assert.Equal(t, want, asked(t, bashAsks, "bash", "--norc", "script", more))
	})
}

func TestFishCompletes(t *testing.T) {
	got := asked(t, fishAsks, "fish", "--no-config", "script")
	want := []string{"adam", "adamw", "sgd", "--schedule=warmup-cosine", "dmon,mincut", "train\ttrain a model on a graph and write its clusters", "plain.txt"}
	assert.Equal(t, want, got)
}

func TestZshCompletes(t *testing.T) {
	want := []string{"train --optimizer sgd", "train --schedule=warmup-cosine", "compare --methods dmon,mincut", "train", "train --data plain.txt"}
	got := asked(t, zshAsks, "zsh", "-f", "script")
	require.Len(t, got, len(want))
	for i, line := range got {
		assert.Equal(t, "trainclustering "+want[i], strings.TrimSpace(line))
	}
}
