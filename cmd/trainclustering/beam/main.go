// Command beam is `trainclustering train` on a store, with the passes over the
// graph done by Apache Beam: on this machine, or on the workers of an engine that
// Beam has a runner for. docs/scale has how to run it on which.
//
// It is a module of its own, for Beam brings some 400 others.
package main

import (
	"context"
	"flag"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/logs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

func main() {
	registerAll()
	if isWorker(os.Args[1:]) {
		flag.Parse()
		beam.Init() // serves the runner that started this process, and ends it
		return
	}
	os.Exit(realMain())
}

// isWorker tells whether a runner started this process.
func isWorker(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool {
		return slices.Contains([]string{"worker", "worker=true"}, strings.TrimLeft(a, "-"))
	})
}

func realMain() int {
	ctx, stop := failure.UntilSignal()
	defer stop()
	return run(ctx, os.Args, os.Stdout, os.Stderr)
}

// run does what the arguments ask; those behind -- are Beam's.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	p := &program{stdout: stdout, stderr: stderr}
	if i := slices.Index(args, "--"); i >= 0 {
		args, p.beamFlags = args[:i], args[i+1:]
	}
	p.typed = strings.Join(append([]string{"trainclustering-beam"}, args[1:]...), " ")
	format, wrong := logs.Format(args)
	p.log = logs.New(stderr, format)
	if wrong != "" {
		return failure.Tell(p.log, failure.Usagef("--log-format = %s, want %s", text.Quote(wrong), text.List(logs.Formats(), "or")))
	}
	app := p.app()
	return failure.Tell(p.log, flags.RewordHelpError(app, app.Run(ctx, args)))
}

// startBeam hands Beam its flags. Workers run this very program: where Beam is
// not told, it compiles another at each pass. What Beam logs goes to log.
func startBeam(typed []string, log io.Writer) error {
	flag.CommandLine.Init("beam", flag.ContinueOnError)
	flag.CommandLine.SetOutput(io.Discard)
	if err := flag.CommandLine.Parse(typed); err != nil {
		return failure.Usagef("behind --: %w", err).WithHint("those are flags of Beam, as in -- --runner=flink --endpoint=localhost:8099")
	}
	if flag.NArg() > 0 {
		return failure.Usagef("behind --: %s, want flags of Beam, as in --runner=flink", text.Quote(flag.Arg(0)))
	}
	if binary := flag.Lookup("worker_binary"); binary.Value.String() == "" {
		self, err := os.Executable()
		if err != nil {
			return err
		}
		if err := binary.Value.Set(self); err != nil {
			return err
		}
	}
	if !beam.Initialized() {
		beam.Init()
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil))) // Init sets another
	return nil
}
