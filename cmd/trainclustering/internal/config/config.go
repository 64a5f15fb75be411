// Package config reads and writes the options of a command as YAML: one flat
// mapping of option names, as on the command line, to their values. The file
// that a run writes, read back, gives the same options.
package config

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxSize is the largest file taken, in bytes.
const maxSize = 1 << 20

// Kind is what values an option takes.
type Kind int

// The kinds of options.
const (
	One    Kind = iota // one value
	Joined             // one value; a list in the file is joined by commas: [64, 32] is 64,32
	Many               // a value or a list of them, each for one use of the flag
)

// Option is an option that a file may set.
type Option struct {
	Name string // without its dashes
	Kind Kind
}

// Setting is an option with its values as text, as the command line gives them.
type Setting struct {
	Name   string
	Values []string // one, or any number for Many
	Line   int      // in the file, 0 where it comes from elsewhere
}

// Read reads the settings of a file, in its order; name stands for the file in
// errors. An empty file has none. It errs in one line, with file, line, name,
// value and what is wanted, for keys that are not options, keys twice, values
// that are not of the option's kind, aliases, and more than one document.
func Read(r io.Reader, name string, options []Option) ([]Setting, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(b) > maxSize {
		return nil, fmt.Errorf("%s: more than %d bytes, want options in YAML", name, maxSize)
	}
	d := yaml.NewDecoder(strings.NewReader(string(b)))
	var document, more yaml.Node
	switch err := d.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %s", name, oneLine(err))
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: more than one document, want one", name)
	}
	return settings(document.Content[0], name, options)
}

// oneLine words an error of the YAML reader, which may have several lines.
func oneLine(err error) string {
	return strings.Join(strings.Fields(strings.TrimPrefix(err.Error(), "yaml: ")), " ")
}

func settings(root *yaml.Node, name string, options []Option) ([]Setting, error) {
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: %s, want options and values, as in k: 16", name, root.Line, describe(root))
	}
	seen := make(map[string]int)
	var out []Setting
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		fail := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", name, key.Line, fmt.Sprintf(format, args...))
		}
		at := slices.IndexFunc(options, func(o Option) bool { return o.Name == key.Value })
		switch {
		case key.Kind != yaml.ScalarNode:
			return nil, fail("%s, want the name of an option", describe(key))
		case at < 0:
			return nil, fail("%q is not an option%s", key.Value, nearest(key.Value, options))
		case seen[key.Value] > 0:
			return nil, fail("%s a second time, first in line %d", key.Value, seen[key.Value])
		}
		seen[key.Value] = key.Line
		values, err := valuesOf(value, options[at])
		if err != nil {
			return nil, fail("%s = %v", key.Value, err)
		}
		out = append(out, Setting{Name: key.Value, Values: values, Line: key.Line})
	}
	return out, nil
}

// valuesOf is the texts of a value.
func valuesOf(node *yaml.Node, o Option) ([]string, error) {
	if node.Kind != yaml.SequenceNode {
		v, err := scalar(node)
		return []string{v}, err
	}
	if o.Kind == One {
		return nil, fmt.Errorf("%s, want one value", describe(node))
	}
	values := []string{}
	for _, item := range node.Content {
		v, err := scalar(item)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	if o.Kind == Joined {
		return []string{strings.Join(values, ",")}, nil
	}
	return values, nil
}

func scalar(node *yaml.Node) (string, error) {
	if node.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("%s, want a text, a number, true or false", describe(node))
	}
	if node.Tag == "!!null" {
		return "", fmt.Errorf("nothing, want a value (leave the line out for the default)")
	}
	return node.Value, nil
}

// describe words a part of the file for an error.
func describe(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias (*" + node.Value + ")"
	}
	return fmt.Sprintf("%q", node.Value)
}

// nearest suggests the option that a name was meant for, "" for none.
func nearest(name string, options []Option) string {
	best, least := "", 3
	for _, o := range options {
		if d := distance(strings.ReplaceAll(name, "_", "-"), o.Name); d < least {
			best, least = o.Name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %s?", best)
}

// distance is V. Levenshtein's, of bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
