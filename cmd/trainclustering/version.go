package main

import (
	"context"
	"fmt"
	"runtime"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// versionCommand is `version`.
func (p *program) versionCommand() *cli.Command {
	return &cli.Command{
		Name: "version", Usage: "print the version and how it was built",
		CustomHelpTemplate: flags.Page{
			Title:    "trainclustering version: print the version and how it was built",
			About:    "Prints the version, the commit if known, the Go version, the operating system and the processor type.",
			Usage:    []string{"trainclustering version"},
			Examples: []string{"trainclustering version"},
		}.At(p.width),
		HideHelpCommand: true,
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return failure.Usagef("version has %s, want none", text.Plural(cmd.Args().Len(), "argument"))
			}
			_, err := fmt.Fprintf(p.stdout, "trainclustering %s\n%s %s/%s\n", build.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
