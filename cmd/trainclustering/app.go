package main

import (
	"context"
	"io"
	"log/slog"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/generate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/logs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// program is the command with all that it touches of its surroundings.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	style          text.Style   // of stdout
	log            *slog.Logger // on stderr
	jsonLog        bool         // it has objects, not lines
	terminal       bool         // stderr is one: a bar may move there
	width          int          // of stdout, in columns; 0: unknown
	train          model.Trainer
	command        string // as it was typed, for a shell
}

// run does what the arguments ask (args[0] is the program's name) and returns
// the exit status.
func (p *program) run(ctx context.Context, args []string) int {
	out := &checkedWriter{w: p.stdout}
	p.stdout, p.command = out, shellLine(args)
	format, wrong := logs.Format(args)
	p.jsonLog, p.log = format == logs.JSON, logs.New(p.stderr, format)
	if wrong != "" {
		return failure.Tell(p.log, failure.Usagef("--log-format = %s, want %s", text.Quote(wrong), text.List(logs.Formats(), "or")))
	}
	is, err := p.completed(args)
	if !is {
		app := p.app()
		err = flags.RewordHelpError(app, app.Run(ctx, args))
	}
	if out.err != nil {
		err = failure.Failedf("writing to standard output: %w", wholefile.Reason(out.err))
	}
	return failure.Tell(p.log, err)
}

// checkedWriter remembers the first error, which cli drops when it prints help.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	if c.err == nil {
		c.err = err
	}
	return n, err
}

// Sync is as of the file below, where there is one; see outdir.Settle.
func (c *checkedWriter) Sync() error {
	err := outdir.Settle(c.w)
	if c.err == nil {
		c.err = err
	}
	return err
}

// app describes the commands. Flags that hold numbers are texts to cli, so that
// this package words their faults (Reader).
func (p *program) app() *cli.Command {
	root := &cli.Command{
		Name: "trainclustering", Version: build.Version(), Usage: "cluster the nodes of a graph",
		CustomRootCommandHelpTemplate: rootHelp().At(p.width),
		Flags:                         flags.CLI([]flags.Group{{Rows: flags.Everywhere().Rows[:1]}}),
		Commands: []*cli.Command{
			p.trainCommand(), generate.Command(p.stdout, p.log, p.width), p.datasetsCommand(), p.convertCommand(), p.shardCommand(),
			p.infoCommand(), p.evaluateCommand(), p.predictCommand(), p.compareCommand(), p.completionCommand(), p.versionCommand(),
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return flags.UnknownCommand(cmd, cmd.Args().First())
			}
			return p.trainKarate(ctx)
		},
		// The default handler would print the error and end the process.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
	}
	setWriters(root, p)
	return root
}

// setWriters gives a command and all below it the program's writers and errors.
func setWriters(cmd *cli.Command, p *program) {
	cmd.Writer, cmd.ErrWriter = p.stdout, p.stderr
	cmd.OnUsageError = flags.UsageError
	for _, sub := range cmd.Commands {
		setWriters(sub, p)
	}
}

func (p *program) trainCommand() *cli.Command {
	return &cli.Command{
		Name: "train", Usage: "train a model on a graph and write its clusters",
		CustomHelpTemplate: options.Help().At(p.width),
		Flags:              flags.CLI(options.Flags()),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := flags.NoArguments(cmd, "--data"); err != nil {
				return err
			}
			o, err := options.Read(cmd)
			if err != nil {
				return err
			}
			return p.trainGraph(ctx, o)
		},
	}
}
