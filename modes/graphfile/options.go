package graphfile

import (
	"fmt"
	"slices"
	"strings"
)

// Options says how a file is to be read where it does not show it itself, or
// where what it shows is to be overruled. The zero value leaves all to the
// file. All but Format apply to edge lists alone, and Decimal to tables of features
// too.
type Options struct {
	// Format is the name of a format, one of [Formats], "planetoid" or "ogb", or
	// an ending; "" is known by content, then by the ending of the name.
	Format string

	// Columns are those of source, target and weight, each by its name in the
	// header or its number, counted from 1. Two columns leave weights out; nil
	// takes the columns that the header names, or the first two or three.
	Columns []string

	// Header is "yes" where the first line names the columns, "no" where it is
	// an edge, and "" where it is to be found out.
	Header string

	// Delimiter parts the fields of a line: a text, or one of the words tab,
	// comma, semicolon, pipe, colon and blank (blanks and tabs). "" finds it out.
	Delimiter string

	// Decimal is "," where weights and features have a decimal comma; "" and "."
	// take a point. With ".", a column of a table whose first value has a comma
	// is one of words; with "" it is an error.
	Decimal string

	// Nodes makes ids indices below it: every one of them is a node, even where
	// it does not occur; at most 1,000,000, or 64 for each edge, whichever is
	// more. 0: nodes are the ids that occur.
	Nodes int
}

// MaxNodes is how many nodes an edge list has at most.
const MaxNodes = 1<<30 - 1

const edgeListFormat = "edge list"

// listOnly tells whether an option is set that only an edge list has.
func (o Options) listOnly() string {
	switch {
	case o.Columns != nil:
		return "--columns"
	case o.Header != "":
		return "--header"
	case o.Delimiter != "":
		return "--delimiter"
	case o.Nodes != 0:
		return "--nodes"
	}
	return ""
}

// check errs where an option has a value that it does not know.
func (o Options) check() error {
	switch {
	case o.Columns != nil && len(o.Columns) != 2 && len(o.Columns) != 3:
		return fmt.Errorf("--columns has %d columns, want 2 or 3: source,target or source,target,weight", len(o.Columns))
	case slices.Contains(o.Columns, ""):
		return fmt.Errorf("--columns has an empty name, want source,target or source,target,weight")
	case !slices.Contains([]string{"", "yes", "no", "auto"}, o.Header):
		return fmt.Errorf("--header = %s, want yes, no or auto", quote(o.Header))
	case !slices.Contains([]string{"", ".", ",", "point", "comma"}, o.Decimal):
		return fmt.Errorf("--decimal = %s, want point or comma", quote(o.Decimal))
	case o.Nodes < 0 || o.Nodes > maxListNodes:
		return fmt.Errorf("--nodes = %d, want 1 to %d", o.Nodes, maxListNodes)
	case strings.ContainsAny(o.Delimiter, "\r\n\"0123456789"):
		return fmt.Errorf("--delimiter = %s, want tab, comma, semicolon, pipe, colon, blank or a text without digits, quotes and line ends", quote(o.Delimiter))
	}
	return nil
}

// comma tells whether numbers have a decimal comma.
func (o Options) comma() bool { return o.Decimal == "," || o.Decimal == "comma" }

// delimiter is the text between fields, " " for blanks; ok is false where it is
// to be found out.
func (o Options) delimiter() (d string, ok bool) {
	switch strings.ToLower(o.Delimiter) {
	case "", "auto":
		return "", false
	case "tab", `\t`:
		return "\t", true
	case "comma":
		return ",", true
	case "semicolon":
		return ";", true
	case "pipe":
		return "|", true
	case "colon":
		return ":", true
	case "blank", "blanks", "space", "spaces":
		return " ", true
	}
	return o.Delimiter, true
}

// IsFormat tells whether Options.Format may be so.
func IsFormat(name string) bool {
	if name == "ogb" || name == "planetoid" {
		return true
	}
	for _, f := range formats() {
		if f.is(name) {
			return true
		}
	}
	return false
}
