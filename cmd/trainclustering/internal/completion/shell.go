package completion

import (
	_ "embed"
	"io"
	"slices"
	"strings"
)

// Request is what the scripts call the program with, before the shell's name and the words
// from the one after the program to the one under the cursor. The answer has a
// candidate a line, and lines that begin with a colon: :files, :folders and
// :open (no blank follows).
const Request = "__complete"

//go:embed script.bash
var bash string

//go:embed script.zsh
var zsh string

//go:embed script.fish
var fish string

// Shells are those that Script has a script for.
func Shells() []string { return []string{"bash", "zsh", "fish"} }

// Script is what a shell reads to complete the command, "" for an unknown one.
func Script(shell string) string {
	return map[string]string{"bash": bash, "zsh": zsh, "fish": fish}[shell]
}

// Answer writes what a shell's script asks for.
func (c Command) Answer(w io.Writer, shell string, words []string) error {
	if shell == "bash" {
		words = withoutSigns(words)
	}
	a := c.Complete(words)
	var lines []string
	for _, found := range a.Candidates {
		lines = append(lines, line(shell, found))
	}
	for _, mark := range []struct {
		is   bool
		name string
	}{{a.Files, ":files"}, {a.Folders, ":folders"}, {a.Open, ":open"}} {
		if mark.is {
			lines = append(lines, mark.name)
		}
	}
	_, err := io.WriteString(w, strings.Join(append(lines, ""), "\n"))
	return err
}

// withoutSigns takes out the "=" that bash makes a word of its own, so that
// --name = value is read as --name value.
func withoutSigns(words []string) []string {
	var out []string
	for i, w := range words {
		switch {
		case w == "=" && i == len(words)-1:
			out = append(out, "")
		case w != "=":
			out = append(out, w)
		}
	}
	return slices.Clip(out)
}

// line is a candidate as the script of its shell takes it: bash the text, fish
// the text, a tab and what it is, zsh the two with a colon between them.
func line(shell string, c Candidate) string {
	switch {
	case shell == "zsh":
		c.Text = strings.NewReplacer(`\`, `\\`, `:`, `\:`).Replace(c.Text)
		if c.About != "" {
			return c.Text + ":" + c.About
		}
	case shell == "fish" && c.About != "":
		return c.Text + "\t" + c.About
	}
	return c.Text
}
