// Package flags describes flags once, for the parser and for the help, and reads
// their values with faults worded alike.
package flags

import (
	"github.com/urfave/cli/v3"
)

// Kind is how often a flag is given, and with what.
type Kind int

// How often a flag is given.
const (
	OneValue Kind = iota
	ManyValues
	NoValue
)

// Row describes a flag once, for the parser and for the help.
type Row struct {
	Name  string // without its dashes
	Arg   string // the word that stands for the value in the help
	Value string // the default; "" for none
	Text  string // of the help; {default} stands for the default
	Kind  Kind
}

// Group is a part of a command's flags with a title above it in the help.
type Group struct {
	Title string
	Rows  []Row
}

// CLI are the flags as cli wants them. Numbers are texts to cli, so that
// this package words their faults (Reader).
func CLI(groups []Group) []cli.Flag {
	var flags []cli.Flag
	for _, group := range groups {
		for _, r := range group.Rows {
			switch r.Kind {
			case ManyValues:
				flags = append(flags, &cli.StringSliceFlag{Name: r.Name})
			case NoValue:
				flags = append(flags, &cli.BoolFlag{Name: r.Name})
			default:
				flags = append(flags, &cli.StringFlag{Name: r.Name, Value: r.Value})
			}
		}
	}
	return flags
}
