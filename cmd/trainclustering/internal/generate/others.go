package generate

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/lfr"
	"github.com/graphpool/graphpool/modes/ring"
)

// lfrFlags describes the flags of `generate lfr`, with the defaults of its
// package.
func lfrFlags() []flags.Group {
	c := lfr.NewConfig()
	return []flags.Group{{Title: "Flags", Rows: []flags.Row{
		{Name: "out", Arg: "FILE", Text: outText + "; required"},
		{Name: "nodes", Arg: "N", Value: strconv.Itoa(c.Nodes), Text: "number of nodes; default {default}"},
		{Name: "avg-degree", Arg: "D", Value: text.Number(c.AvgDegree), Text: "mean degree; default {default}"},
		{Name: "max-degree", Arg: "N", Value: strconv.Itoa(c.MaxDegree), Text: "the largest degree; default {default}"},
		{Name: "degree-exponent", Arg: "V", Value: text.Number(c.DegreeExponent), Text: "exponent of the power law of degrees; default {default}"},
		{Name: "min-size", Arg: "N", Value: strconv.Itoa(c.MinSize), Text: "size of the smallest community; default {default}"},
		{Name: "max-size", Arg: "N", Value: strconv.Itoa(c.MaxSize), Text: "size of the largest community; default {default}"},
		{Name: "size-exponent", Arg: "V", Value: text.Number(c.SizeExponent), Text: "exponent of the power law of community sizes; default {default}"},
		{Name: "mixing", Arg: "V", Value: text.Number(c.Mixing), Text: "share of a node's edges that leave its community; default {default}"},
		{Name: "seed", Arg: "N", Value: strconv.FormatUint(c.Seed, 10), Text: "the same seed gives the same file; default {default}"},
		flags.MemoryFlag(),
	}}}
}

func lfrHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering generate lfr: write a graph with communities of many sizes",
		About: "The benchmark of Lancichinetti, Fortunato and Radicchi (doi:10.1103/PhysRevE.78.046110): degrees and sizes of " +
			"communities follow power laws. The nodes have labels but no features. An npz holds the labels, and " +
			"train --data reads it.",
		Usage: []string{"trainclustering generate lfr --out FILE [flags]"},
		Examples: []string{
			"trainclustering generate lfr --out lfr.npz",
			"trainclustering generate lfr --nodes 5000 --mixing 0.5 --out hard.npz",
		},
		Flags: lfrFlags(), Column: 24,
	}
}

// lfrCommand is `generate lfr`. It is hidden as cli shows a page of its own for
// a command with visible commands.
func (p *generator) lfrCommand() *cli.Command {
	return &cli.Command{
		Hidden: true, Name: "lfr", Usage: "write a graph with communities of many sizes",
		CustomHelpTemplate: lfrHelp().At(p.width), Flags: flags.CLI(lfrFlags()),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			r := &flags.Reader{Get: cmd.String}
			c := lfr.NewConfig()
			c.Nodes = r.Count("nodes", 1, math.MaxInt32)
			c.AvgDegree = r.Real("avg-degree", "a number above 0", flags.Positive)
			c.MaxDegree = r.Count("max-degree", 1, math.MaxInt32)
			c.DegreeExponent = r.Real("degree-exponent", "a number, 0 or more", flags.NotNegative)
			c.MinSize = r.Count("min-size", 1, math.MaxInt32)
			c.MaxSize = r.Count("max-size", 1, math.MaxInt32)
			c.SizeExponent = r.Real("size-exponent", "a number, 0 or more", flags.NotNegative)
			c.Mixing = r.Real("mixing", "a number from 0 to 1", func(v float64) bool { return v >= 0 && v <= 1 })
			c.Seed = r.Seed("seed")
			memory := 15e6 + float64(c.Nodes)*(100+40*c.AvgDegree)
			return p.generateWith(ctx, cmd, r, memory, "fewer --nodes or --avg-degree take less", func() (*graphfile.Graph, error) {
				g, err := lfr.Generate(c)
				return g, lfrFailure(err)
			})
		},
	}
}

// lfrFailure words an error of package lfr, which names the fields of its
// configuration, by the flags.
func lfrFailure(err error) error {
	if err == nil {
		return nil
	}
	flags := strings.NewReplacer("lfr: ", "", "Nodes", "--nodes", "AvgDegree", "--avg-degree", "MaxDegree", "--max-degree",
		"DegreeExponent", "--degree-exponent", "MinSize", "--min-size", "MaxSize", "--max-size",
		"SizeExponent", "--size-exponent", "Mixing", "--mixing")
	return failure.Usagef("%s", flags.Replace(err.Error()))
}

// ringFlags describes the flags of `generate ring`.
func ringFlags() []flags.Group {
	return []flags.Group{{Title: "Flags", Rows: []flags.Row{
		{Name: "out", Arg: "FILE", Text: outText + "; required"},
		{Name: "cliques", Arg: "N", Value: "30", Text: "number of cliques; default {default}"},
		{Name: "size", Arg: "N", Value: "5", Text: "nodes of a clique; default {default}"},
		flags.MemoryFlag(),
	}}}
}

func ringHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering generate ring: write a ring of cliques",
		About: "Complete graphs, each joined to the next by one edge. On this graph, modularity merges neighbouring cliques " +
			"although they are clearly separate (doi:10.1073/pnas.0605965104). The labels are the cliques; there are no features " +
			"and no random choices. An npz holds them, and train --data reads it.",
		Usage:    []string{"trainclustering generate ring --out FILE [flags]"},
		Examples: []string{"trainclustering generate ring --out ring.npz", "trainclustering generate ring --cliques 100 --size 4 --out ring.npz"},
		Flags:    ringFlags(), Column: 24,
	}
}

// ringCommand is `generate ring`.
func (p *generator) ringCommand() *cli.Command {
	return &cli.Command{
		Hidden: true, Name: "ring", Usage: "write a ring of cliques",
		CustomHelpTemplate: ringHelp().At(p.width), Flags: flags.CLI(ringFlags()),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			r := &flags.Reader{Get: cmd.String}
			cliques, size := r.Count("cliques", 1, math.MaxInt32), r.Count("size", 1, math.MaxInt32)
			memory := 15e6 + float64(cliques)*float64(size)*(40+20*float64(size))
			return p.generateWith(ctx, cmd, r, memory, "fewer --cliques or a smaller --size take less", func() (*graphfile.Graph, error) {
				g, err := ring.Generate(cliques, size)
				if err != nil {
					return nil, failure.Usagef("%s", strings.NewReplacer("ring: ", "", "cliques", "--cliques", "size =", "--size =").Replace(err.Error()))
				}
				return g, nil
			})
		},
	}
}
