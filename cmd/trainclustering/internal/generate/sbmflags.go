package generate

import (
	"strconv"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/sbm"
)

// outText says what --out may be.
const outText = "the file to write, in the format of its ending, as in convert: .npz, .graphml, .csv, …; npz if it has none, and for -, standard output"

// sbmFlags describes the flags of `generate sbm`, with the defaults of its
// package.
func sbmFlags() []flags.Group {
	c := sbm.NewConfig()
	return []flags.Group{{Title: "Flags", Rows: []flags.Row{
		{Name: "out", Arg: "FILE", Text: outText + "; or a store, if the name ends with /; required"},
		{Name: "format", Arg: "NAME", Text: "npz, or shard for a store, which is written block by block; default: by the ending of --out"},
		{Name: "nodes", Arg: "N", Value: strconv.Itoa(c.Nodes), Text: "number of nodes; default {default}"},
		{Name: "clusters", Arg: "N", Value: strconv.Itoa(c.Clusters), Text: "number of clusters; default {default}"},
		{Name: "avg-degree", Arg: "D", Value: text.Number(c.AvgDegree), Text: "expected degree of a node; default {default}"},
		{Name: "out-degree", Arg: "D", Value: text.Number(c.OutDegree), Text: "expected number of neighbours in other clusters; default {default}"},
		{Name: "feature-dim", Arg: "N", Value: strconv.Itoa(c.FeatureDim), Text: "number of feature columns, 0 for none; default {default}"},
		{
			Name: "feature-separation", Arg: "S", Value: text.Number(c.FeatureSeparation),
			Text: "spread of the cluster means relative to the spread within a cluster; default {default}",
		},
		{Name: "seed", Arg: "N", Value: strconv.FormatUint(c.Seed, 10), Text: "the same seed gives the same file, or the same store; default {default}"},
		flags.MemoryFlag(),
	}}, {Title: "A store", Rows: sharding.Flags()}}
}

// generateHelp is the page of `generate`.
func generateHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering generate: write a graph with planted clusters",
		Usage: []string{
			"trainclustering generate KIND --out FILE [flags]",
		},
		Commands: []flags.Row{
			{Name: "sbm", Text: "a stochastic block model with features"},
			{Name: "lfr", Text: "power laws of degrees and community sizes"},
			{Name: "ring", Text: "a ring of cliques"},
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
		About: "A degree-corrected stochastic block model with Gaussian features around the mean of each " +
			"cluster, as in the paper of DMoN (arXiv:2006.16904). An npz holds features and labels, and " +
			"train --data reads it. A store (see the command shard) may be larger than memory; it is another sample of the " +
			"same model than the npz with the same seed.",
		Usage: []string{"trainclustering generate sbm --out FILE [flags]"},
		Examples: []string{
			"trainclustering generate sbm --out sbm.npz",
			"trainclustering generate sbm --nodes 200000 --avg-degree 10 --out large.npz",
			"trainclustering generate sbm --nodes 8000000 --clusters 16 --out huge/",
		},
		Flags: sbmFlags(), Column: 28,
	}
}
