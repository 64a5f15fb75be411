package config

import (
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Write writes settings in their order, below comment lines. A setting of the
// kind Many is written as a list, every other one as it is; texts that YAML would
// read as something else are quoted, so that [Read] gives the same values.
func Write(w io.Writer, comments []string, settings []Setting, options []Option) error {
	kinds := make(map[string]Kind, len(options))
	for _, o := range options {
		kinds[o.Name] = o.Kind
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, s := range settings {
		kind, known := kinds[s.Name]
		if !known {
			return fmt.Errorf("config: %q is not an option", s.Name)
		}
		if kind != Many && len(s.Values) != 1 {
			return fmt.Errorf("config: %s has %d values, want one", s.Name, len(s.Values))
		}
		value := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, v := range s.Values {
			value.Content = append(value.Content, text(v))
		}
		if kind != Many {
			value = value.Content[0]
		}
		root.Content = append(root.Content, text(s.Name), value)
	}
	for _, c := range comments {
		if _, err := fmt.Fprintf(w, "# %s\n", strings.Join(strings.Fields(c), " ")); err != nil {
			return err
		}
	}
	if len(root.Content) == 0 {
		return nil
	}
	b, err := yaml.Marshal(root)
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	_, err = w.Write(b)
	return err
}

// text is a scalar that reads back as the same text: plain where YAML takes it
// for a text, a number, true or false, else in quotes.
func text(v string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Value: v, Tag: "!!str", Style: yaml.DoubleQuotedStyle}
	switch strings.ToLower(v) {
	case "y", "n", "yes", "no", "on", "off": // true and false to readers of YAML 1.1
		return node
	}
	var back yaml.Node
	if err := yaml.Unmarshal([]byte(v+"\n"), &back); err == nil && len(back.Content) == 1 {
		if s := back.Content[0]; s.Kind == yaml.ScalarNode && s.Value == v && s.Tag != "!!null" && s.Style == 0 && s.Anchor == "" {
			node.Tag, node.Style = s.Tag, 0
		}
	}
	return node
}
