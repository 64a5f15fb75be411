package completion

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tree is a small command: run with flags of every kind, and read with files.
func tree() Command {
	flags := []Flag{
		{Name: "quiet", About: "say less"},
		{Name: "name", Values: Values{Kind: Text}},
		{Name: "kind", Values: Values{Kind: Words, Words: []string{"red", "rose", "blue"}}},
		{Name: "some", Values: Values{Kind: List, Words: []string{"a", "ab", "c"}}},
		{Name: "weight", Values: Values{Kind: Pairs, Words: []string{"cut"}}, Many: true},
		{Name: "data", Values: Values{Kind: Files}},
		{Name: "out", Values: Values{Kind: Folders}},
	}
	return Command{Name: "program", Commands: []Command{
		{Name: "run", About: "run it: now", Flags: flags},
		{Name: "read", Arguments: Values{Kind: Files}},
	}}
}

func TestComplete(t *testing.T) {
	all := "--quiet --name --kind --some --weight --data --out"
	for _, c := range []struct{ line, want string }{
		{"", "run read"},
		{"ru", "run"},
		{"x", ""},
		{"run ", all},
		{"run --q", "--quiet"},
		{"run --quiet ", strings.Replace(all, "--quiet ", "", 1)},
		{"run --weight cut=1 --w", "--weight"},
		{"run --kind ", "red rose blue"},
		{"run --kind r", "red rose"},
		{"run --kind=b", "--kind=blue"},
		{"run --unknown=b", ""},
		{"run --name ", ""},
		{"run --some ", "a ab c"},
		{"run --some c,a", "c,a c,ab"},
		{"run --some=a,a", "--some=a,ab"},
		{"run --weight ", "cut= :open"},
		{"run --data ", ":files"},
		{"run --out x", ":folders"},
		{"read ", ":files"},
		{"read -- -", ":files"},
	} {
		var b strings.Builder
		require.NoError(t, tree().Answer(&b, "bash", strings.Split(c.line, " ")))
		assert.Equal(t, c.want, strings.Join(strings.Fields(b.String()), " "), c.line)
	}
	assert.Len(t, tree().Complete(nil).Candidates, 2, "no word at all")
}

func TestAnswersOfShells(t *testing.T) {
	for _, c := range []struct {
		shell string
		words []string
		want  string
	}{
		{"zsh", []string{"ru"}, "run:run it: now\n"},
		{"fish", []string{"ru"}, "run\trun it: now\n"},
		{"fish", []string{"rea"}, "read\n"},
		{"bash", []string{"ru"}, "run\n"},
		{"bash", []string{"run", "--kind", "=", "b"}, "blue\n"},
		{"bash", []string{"run", "--kind", "="}, "red\nrose\nblue\n"},
	} {
		var b strings.Builder
		require.NoError(t, tree().Answer(&b, c.shell, c.words))
		assert.Equal(t, c.want, b.String(), "%s %q", c.shell, c.words)
	}
}

func TestScripts(t *testing.T) {
	for _, shell := range Shells() {
		assert.Contains(t, Script(shell), Request+" "+shell)
	}
	assert.Empty(t, Script("tcsh"))
}
