package main

import (
	"strings"

	"github.com/urfave/cli/v3"
)

// flagKind is how often a flag is given, and with what.
type flagKind int

const (
	oneValue flagKind = iota
	manyValues
	noValue
)

// flagRow describes a flag once, for the parser and for the help.
type flagRow struct {
	name  string // without its dashes
	arg   string // the word that stands for the value in the help
	value string // the default; "" for none
	text  string // of the help; {default} stands for the default
	kind  flagKind
}

// flagGroup is a part of a command's flags with a title above it in the help.
type flagGroup struct {
	title string
	rows  []flagRow
}

// cliFlags are the flags as cli wants them. Numbers are texts to cli, so that
// this package words their faults (flagReader).
func cliFlags(groups []flagGroup) []cli.Flag {
	var flags []cli.Flag
	for _, group := range groups {
		for _, r := range group.rows {
			switch r.kind {
			case manyValues:
				flags = append(flags, &cli.StringSliceFlag{Name: r.name})
			case noValue:
				flags = append(flags, &cli.BoolFlag{Name: r.name})
			default:
				flags = append(flags, &cli.StringFlag{Name: r.name, Value: r.value})
			}
		}
	}
	return flags
}

// head is the flag with its value, as the help shows it.
func (r flagRow) head() string {
	return strings.TrimSpace("--" + r.name + " " + r.arg)
}

// help is the text with the default in it.
func (r flagRow) help() string {
	return strings.ReplaceAll(r.text, "{default}", r.value)
}
