package main

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/lfr"
	"github.com/graphpool/graphpool/modes/ring"
)

// lfrFlags describes the flags of `generate lfr`, with the defaults of its
// package.
func lfrFlags() []flagGroup {
	c := lfr.NewConfig()
	return []flagGroup{{title: "Flags", rows: []flagRow{
		{name: "out", arg: "FILE", text: "the npz to write; needed"},
		{name: "nodes", arg: "N", value: strconv.Itoa(c.Nodes), text: "default {default}"},
		{name: "avg-degree", arg: "D", value: text.Number(c.AvgDegree), text: "expected neighbours of a node; default {default}"},
		{name: "max-degree", arg: "N", value: strconv.Itoa(c.MaxDegree), text: "the largest degree; default {default}"},
		{name: "degree-exponent", arg: "V", value: text.Number(c.DegreeExponent), text: "degrees fall with this power; default {default}"},
		{name: "min-size", arg: "N", value: strconv.Itoa(c.MinSize), text: "nodes of the smallest community; default {default}"},
		{name: "max-size", arg: "N", value: strconv.Itoa(c.MaxSize), text: "nodes of the largest community; default {default}"},
		{name: "size-exponent", arg: "V", value: text.Number(c.SizeExponent), text: "sizes of communities fall with this power; default {default}"},
		{name: "mixing", arg: "V", value: text.Number(c.Mixing), text: "share of a node's edges that leave its community; default {default}"},
		{name: "seed", arg: "N", value: strconv.FormatUint(c.Seed, 10), text: "the same seed gives the same file; default {default}"},
		memoryFlag(),
	}}}
}

func lfrHelp() helpPage {
	return helpPage{
		title: "trainclustering generate lfr: write a graph with communities of many sizes",
		about: "The benchmark of Lancichinetti, Fortunato and Radicchi (doi:10.1103/PhysRevE.78.046110): degrees and sizes of " +
			"communities follow power laws. The nodes have labels and no features. The file is an npz that train --data reads.",
		usage: []string{"trainclustering generate lfr --out FILE [flags]"},
		examples: []string{
			"trainclustering generate lfr --out lfr.npz",
			"trainclustering generate lfr --nodes 5000 --mixing 0.5 --out hard.npz",
		},
		flags: lfrFlags(), column: 24,
	}
}

// lfrCommand is `generate lfr`. It is hidden as cli shows a page of its own for
// a command with visible commands.
func (p *generator) lfrCommand() *cli.Command {
	return &cli.Command{
		Hidden: true, Name: "lfr", Usage: "write a graph with communities of many sizes",
		CustomHelpTemplate: lfrHelp().String(), Flags: cliFlags(lfrFlags()),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			r := &flagReader{get: cmd.String}
			c := lfr.NewConfig()
			c.Nodes = r.count("nodes", 1, math.MaxInt32)
			c.AvgDegree = r.real("avg-degree", "a number above 0", positive)
			c.MaxDegree = r.count("max-degree", 1, math.MaxInt32)
			c.DegreeExponent = r.real("degree-exponent", "a number, 0 or more", notNegative)
			c.MinSize = r.count("min-size", 1, math.MaxInt32)
			c.MaxSize = r.count("max-size", 1, math.MaxInt32)
			c.SizeExponent = r.real("size-exponent", "a number, 0 or more", notNegative)
			c.Mixing = r.real("mixing", "a number from 0 to 1", func(v float64) bool { return v >= 0 && v <= 1 })
			c.Seed = r.seed("seed")
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
	return usagef("%s", flags.Replace(err.Error()))
}

// ringFlags describes the flags of `generate ring`.
func ringFlags() []flagGroup {
	return []flagGroup{{title: "Flags", rows: []flagRow{
		{name: "out", arg: "FILE", text: "the npz to write; needed"},
		{name: "cliques", arg: "N", value: "30", text: "cliques in the ring; default {default}"},
		{name: "size", arg: "N", value: "5", text: "nodes of a clique; default {default}"},
		memoryFlag(),
	}}}
}

func ringHelp() helpPage {
	return helpPage{
		title: "trainclustering generate ring: write a ring of cliques",
		about: "Complete graphs, each joined by one edge to the next: the graph on which modularity joins neighbours that are " +
			"plainly apart (doi:10.1073/pnas.0605965104). Labels are the cliques; there are no features, and nothing is " +
			"drawn by chance. The file is an npz that train --data reads.",
		usage:    []string{"trainclustering generate ring --out FILE [flags]"},
		examples: []string{"trainclustering generate ring --out ring.npz", "trainclustering generate ring --cliques 100 --size 4 --out ring.npz"},
		flags:    ringFlags(), column: 24,
	}
}

// ringCommand is `generate ring`.
func (p *generator) ringCommand() *cli.Command {
	return &cli.Command{
		Hidden: true, Name: "ring", Usage: "write a ring of cliques",
		CustomHelpTemplate: ringHelp().String(), Flags: cliFlags(ringFlags()),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			r := &flagReader{get: cmd.String}
			cliques, size := r.count("cliques", 1, math.MaxInt32), r.count("size", 1, math.MaxInt32)
			memory := 15e6 + float64(cliques)*float64(size)*(40+20*float64(size))
			return p.generateWith(ctx, cmd, r, memory, "fewer --cliques or a smaller --size take less", func() (*graphfile.Graph, error) {
				g, err := ring.Generate(cliques, size)
				if err != nil {
					return nil, usagef("%s", strings.NewReplacer("ring: ", "", "cliques", "--cliques", "size =", "--size =").Replace(err.Error()))
				}
				return g, nil
			})
		},
	}
}
