package generate

import (
	"strconv"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/sbm"
)

// sbmFlags describes the flags of `generate sbm`, with the defaults of its
// package.
func sbmFlags() []flags.Group {
	c := sbm.NewConfig()
	return []flags.Group{{Title: "Flags", Rows: []flags.Row{
		{Name: "out", Arg: "FILE", Text: "the npz to write, or the store where it ends with /; needed"},
		{Name: "format", Arg: "NAME", Text: "npz, or shard for a store, which is drawn block by block; default: as --out ends"},
		{Name: "nodes", Arg: "N", Value: strconv.Itoa(c.Nodes), Text: "default {default}"},
		{Name: "clusters", Arg: "N", Value: strconv.Itoa(c.Clusters), Text: "default {default}"},
		{Name: "avg-degree", Arg: "D", Value: text.Number(c.AvgDegree), Text: "expected neighbours of a node; default {default}"},
		{Name: "out-degree", Arg: "D", Value: text.Number(c.OutDegree), Text: "those of them in other clusters; default {default}"},
		{Name: "feature-dim", Arg: "N", Value: strconv.Itoa(c.FeatureDim), Text: "columns of the features, 0 for none; default {default}"},
		{
			Name: "feature-separation", Arg: "S", Value: text.Number(c.FeatureSeparation),
			Text: "spread of the cluster means, in units of the spread of a cluster; default {default}",
		},
		{Name: "seed", Arg: "N", Value: strconv.FormatUint(c.Seed, 10), Text: "the same seed gives the same file, or the same store; default {default}"},
		flags.MemoryFlag(),
	}}, {Title: "A store", Rows: sharding.Flags()}}
}

// generateHelp is the page of `generate`.
func generateHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering generate: write a generated graph",
		Usage: []string{
			"trainclustering generate sbm [flags]    a stochastic block model with features",
			"trainclustering generate lfr [flags]    degrees and communities by power laws",
			"trainclustering generate ring [flags]   a ring of cliques",
		},
		Examples: []string{
			"trainclustering generate sbm --nodes 1000 --clusters 4 --out sbm.npz",
			"trainclustering generate lfr --nodes 5000 --mixing 0.4 --out lfr.npz",
			"trainclustering generate ring --cliques 30 --size 5 --out ring.npz",
		},
	}
}

// sbmHelp is the page of `generate sbm`.
func sbmHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering generate sbm: write a graph with planted clusters",
		About: "A degree-corrected stochastic block model whose nodes carry Gaussian features around the " +
			"mean of their cluster, as in the paper of DMoN (arXiv:2006.16904). The file is an npz that " +
			"train --data reads, labels included. A store, for training beyond memory, is another draw of the same " +
			"model, whose edges never stand in memory together; see the command shard.",
		Usage: []string{"trainclustering generate sbm --out FILE [flags]"},
		Examples: []string{
			"trainclustering generate sbm --out sbm.npz",
			"trainclustering generate sbm --nodes 200000 --avg-degree 10 --out large.npz",
			"trainclustering generate sbm --nodes 8000000 --clusters 16 --out huge/",
		},
		Flags: sbmFlags(), Column: 28,
	}
}
