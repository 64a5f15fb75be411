// Package completion completes a command line for a shell: names of commands
// and flags, the values that a flag takes, and files. It has the scripts that
// ask for it in bash, zsh and fish.
package completion

import (
	"slices"
	"strings"
)

// Kind is what a flag or an argument takes.
type Kind int

// The kinds of values.
const (
	Nothing Kind = iota // a flag without a value; a command without arguments
	Text                // what cannot be completed: a number, a name to choose
	Words               // one of a few words
	List                // some of a few words, with commas between them
	Pairs               // one of a few words, "=" and a value
	Files               // a file, or one of a few words
	Folders             // a folder
)

// Values are what a flag or an argument takes.
type Values struct {
	Kind  Kind
	Words []string
}

// Flag is a flag of a command.
type Flag struct {
	Name  string // without its dashes
	About string
	Values
	Many bool // it may be given more than once
}

// Command is a command with all below it.
type Command struct {
	Name, About string
	Commands    []Command
	Flags       []Flag
	Arguments   Values // of each argument, where there are no commands below
}

// Candidate is a text that may stand where the cursor is.
type Candidate struct{ Text, About string }

// Answer is what may stand where the cursor is.
type Answer struct {
	Candidates []Candidate
	Files      bool // files as well
	Folders    bool // folders as well
	Open       bool // more follows without a blank
}

// Complete completes the last word of a line that begins after the program's
// name.
func (c Command) Complete(words []string) Answer {
	if len(words) == 0 {
		words = []string{""}
	}
	before, current := words[:len(words)-1], words[len(words)-1]
	at := c.walk(before)
	if at.pending != nil {
		return at.pending.complete(current, "")
	}
	if name, value, has := strings.Cut(current, "="); has && !at.ended && strings.HasPrefix(name, "--") {
		if f := at.command.flag(name[2:]); f != nil {
			return f.complete(value, name+"=")
		}
		return Answer{}
	}
	bare := len(at.command.Commands) == 0 && at.command.Arguments.Kind == Nothing
	if !at.ended && (strings.HasPrefix(current, "-") || bare) {
		return at.flags(current)
	}
	if len(at.command.Commands) > 0 {
		return at.command.commands(current)
	}
	return at.command.Arguments.complete(current, "")
}

// place is where the words before the cursor lead.
type place struct {
	command Command
	pending *Flag    // the flag whose value is next
	given   []string // names of flags
	ended   bool     // "--" came: arguments alone follow
}

func (c Command) walk(words []string) place {
	at := place{command: c}
	for _, w := range words {
		switch {
		case at.pending != nil:
			at.pending = nil
		case at.ended:
		case w == "--":
			at.ended = true
		case strings.HasPrefix(w, "--"):
			name, _, has := strings.Cut(w[2:], "=")
			at.given = append(at.given, name)
			if f := at.command.flag(name); f != nil && f.Kind != Nothing && !has {
				at.pending = f
			}
		default:
			if i := slices.IndexFunc(at.command.Commands, func(sub Command) bool { return sub.Name == w }); i >= 0 {
				at.command, at.given = at.command.Commands[i], nil
			}
		}
	}
	return at
}

func (c Command) flag(name string) *Flag {
	for i, f := range c.Flags {
		if f.Name == name {
			return &c.Flags[i]
		}
	}
	return nil
}

func (c Command) commands(current string) (a Answer) {
	for _, sub := range c.Commands {
		if strings.HasPrefix(sub.Name, current) {
			a.Candidates = append(a.Candidates, Candidate{sub.Name, sub.About})
		}
	}
	return a
}

// flags are those that may still be given.
func (at place) flags(current string) (a Answer) {
	for _, f := range at.command.Flags {
		if text := "--" + f.Name; strings.HasPrefix(text, current) && (f.Many || !slices.Contains(at.given, f.Name)) {
			a.Candidates = append(a.Candidates, Candidate{text, f.About})
		}
	}
	return a
}

// complete completes a value after a prefix that stays.
func (v Values) complete(current, prefix string) (a Answer) {
	a.Files, a.Folders = v.Kind == Files, v.Kind == Folders
	head, end := "", ""
	switch v.Kind {
	case List:
		if i := strings.LastIndex(current, ","); i >= 0 {
			head, current = current[:i+1], current[i+1:]
		}
	case Pairs:
		end, a.Open = "=", true
	}
	for _, w := range v.Words {
		taken := v.Kind == List && slices.Contains(strings.Split(head, ","), w)
		if strings.HasPrefix(w, current) && !taken {
			a.Candidates = append(a.Candidates, Candidate{Text: prefix + head + w + end})
		}
	}
	return a
}
