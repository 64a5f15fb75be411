// Package generate is the command `generate`: it writes graphs with planted
// clusters.
package generate

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"math"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/writing"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/sbm"
)

// generator writes graphs, and what it tells to the command's writers.
type generator struct {
	stdout io.Writer
	log    *slog.Logger
	width  int // of the help
}

// Command is `generate`, with a command below it for each kind of graph.
func Command(stdout io.Writer, log *slog.Logger, width int) *cli.Command {
	p := &generator{stdout, log, width}
	return &cli.Command{
		Name: "generate", Usage: "write a generated graph",
		CustomHelpTemplate: generateHelp().At(p.width), HideHelpCommand: true,
		Commands: []*cli.Command{{
			// cli shows a page of its own for a command with visible commands.
			Hidden: true,
			Name:   "sbm", Usage: "write a stochastic block model with planted clusters",
			CustomHelpTemplate: sbmHelp().At(p.width),
			Flags:              flags.CLI(sbmFlags()),
			Action:             p.generateSBM,
		}, p.lfrCommand(), p.ringCommand()},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return unknownKind(cmd.Args().First())
			}
			return failure.Usagef("generate needs the kind of graph, sbm, lfr or ring").WithHint("try trainclustering generate sbm --out graph.npz")
		},
	}
}

// unknownKind refuses a word that names no kind of graph.
func unknownKind(typed string) error {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return failure.Usagef("generate %s, want %s", text.Quote(typed), text.List(names, "or")).
		WithHint("%s", text.DidYouMean(typed, "", names))
}

// Kind is a kind of graph, with its flags.
type Kind struct {
	Name  string
	Flags []flags.Group
}

// Kinds are the commands below `generate`.
func Kinds() []Kind {
	return []Kind{{"sbm", sbmFlags()}, {"lfr", lfrFlags()}, {"ring", ringFlags()}}
}

// generateSBM is `generate sbm`: it checks the flags, generates, and puts the
// file in its place when it is complete.
func (p *generator) generateSBM(ctx context.Context, cmd *cli.Command) error {
	if err := flags.NoArguments(cmd, "--out"); err != nil {
		return err
	}
	cfg, limit, err := readSBM(cmd)
	if err != nil {
		return err
	}
	if isStore(cmd) {
		return p.generateStore(ctx, cmd, cfg, limit)
	}
	if err := flags.Fits("the graph", sbmMemory(cfg), limit, "fewer --nodes, --avg-degree or --feature-dim take less"); err != nil {
		return err
	}
	path, format := cmd.String("out"), cmp.Or(cmd.String("format"), writing.Generated(cmd.String("out")))
	if err := writing.Check("--out", path, format); err != nil {
		return err
	}
	g, err := sbm.Generate(cfg)
	if err != nil {
		return sbmFailure(err)
	}
	if ctx.Err() != nil {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	if err := writing.Graph(p.stdout, p.log, path, g, format); err != nil {
		return err
	}
	return writing.Tell(p.stdout, p.log, path, strings.Join([]string{
		text.Plural(g.Nodes, "node"), text.Plural(g.Edges(), "edge"),
		text.Plural(cfg.Clusters, "cluster"), text.Plural(view.Features(g), "feature"),
	}, ", "))
}

// sbmMemory estimates in bytes what generating takes, from measured peaks.
func sbmMemory(c sbm.Config) float64 {
	n := float64(c.Nodes)
	return 15e6 + n*(30+20*c.AvgDegree+4*float64(c.FeatureDim))
}

// readSBM checks the flags of `generate sbm`, as far as package sbm does not,
// and the limit of memory.
func readSBM(cmd *cli.Command) (cfg sbm.Config, limit float64, err error) {
	r := &flags.Reader{Get: cmd.String}
	cfg = sbm.NewConfig()
	cfg.Nodes = r.Count("nodes", 1, math.MaxInt32)
	cfg.Clusters = r.Count("clusters", 1, max(1, cfg.Nodes))
	cfg.AvgDegree = r.Real("avg-degree", "a number, 0 or more", flags.NotNegative)
	cfg.OutDegree = r.Real("out-degree", "a number from 0 to --avg-degree",
		func(v float64) bool { return v >= 0 && v <= cfg.AvgDegree })
	cfg.FeatureDim = r.Count("feature-dim", 0, math.MaxInt32)
	cfg.FeatureSeparation = r.Real("feature-separation", "a number, 0 or more", flags.NotNegative)
	cfg.Seed = r.Seed("seed")
	limit = r.MemoryLimit()
	if r.Get("format") != "" {
		r.Word("format", "npz", "shard")
	}
	sharding.Read(r)
	switch name := sharding.Set(cmd); {
	case r.Fault != nil:
	case cmd.String("out") == "":
		r.Fault = failure.Usagef("--out is needed, the file to write").WithHint("as in --out sbm.npz")
	case name != "" && !isStore(cmd):
		r.Fault = failure.Usagef("--%s is for a store, and --out = %s is a file", name, text.Quote(cmd.String("out"))).
			WithHint("--format shard, or a name that ends with /, makes a store")
	}
	return cfg, limit, r.Err()
}

// sbmFailure words an error of package sbm, which names the fields of its
// configuration, by the flags.
func sbmFailure(err error) error {
	flags := strings.NewReplacer("sbm: ", "", "Nodes", "--nodes", "Clusters", "--clusters",
		"AvgDegree", "--avg-degree", "OutDegree", "--out-degree",
		"FeatureDim", "--feature-dim", "FeatureSeparation", "--feature-separation")
	return failure.Usagef("%s", flags.Replace(err.Error()))
}

// generateWith checks what r has read, generates a graph, and puts the file in
// its place when it is complete.
func (p *generator) generateWith(ctx context.Context, cmd *cli.Command, r *flags.Reader, memory float64, less string, make func() (*graphfile.Graph, error)) error {
	if err := flags.NoArguments(cmd, "--out"); err != nil {
		return err
	}
	limit, path := r.MemoryLimit(), cmd.String("out")
	if r.Fault == nil && path == "" {
		r.Fault = failure.Usagef("--out is needed, the file to write").WithHint("as in --out %s.npz", cmd.Name)
	}
	if err := r.Err(); err != nil {
		return err
	}
	if err := flags.Fits("the graph", memory, limit, less); err != nil {
		return err
	}
	format := writing.Generated(path)
	if err := writing.Check("--out", path, format); err != nil {
		return err
	}
	g, err := make()
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	if err := writing.Graph(p.stdout, p.log, path, g, format); err != nil {
		return err
	}
	for _, c := range g.Changes {
		p.log.Info(text.OneLine(c))
	}
	return writing.Tell(p.stdout, p.log, path, strings.Join([]string{
		text.Plural(g.Nodes, "node"), text.Plural(g.Edges(), "edge"), text.Plural(view.Classes(g), "cluster"),
	}, ", "))
}
