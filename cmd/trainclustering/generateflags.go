package main

import (
	"strconv"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/sbm"
)

// sbmFlags describes the flags of `generate sbm`, with the defaults of its
// package.
func sbmFlags() []flagGroup {
	c := sbm.NewConfig()
	return []flagGroup{{title: "Flags", rows: []flagRow{
		{name: "out", arg: "FILE", text: "the npz to write; needed"},
		{name: "nodes", arg: "N", value: strconv.Itoa(c.Nodes), text: "default {default}"},
		{name: "clusters", arg: "N", value: strconv.Itoa(c.Clusters), text: "default {default}"},
		{name: "avg-degree", arg: "D", value: text.Number(c.AvgDegree), text: "expected neighbours of a node; default {default}"},
		{name: "out-degree", arg: "D", value: text.Number(c.OutDegree), text: "those of them in other clusters; default {default}"},
		{name: "feature-dim", arg: "N", value: strconv.Itoa(c.FeatureDim), text: "columns of the features, 0 for none; default {default}"},
		{
			name: "feature-separation", arg: "S", value: text.Number(c.FeatureSeparation),
			text: "spread of the cluster means, in units of the spread of a cluster; default {default}",
		},
		{name: "seed", arg: "N", value: strconv.FormatUint(c.Seed, 10), text: "the same seed gives the same file; default {default}"},
		memoryFlag(),
	}}}
}

// generateHelp is the page of `generate`.
func generateHelp() helpPage {
	return helpPage{
		title: "trainclustering generate: write a generated graph",
		usage: []string{
			"trainclustering generate sbm [flags]    a stochastic block model with features",
			"trainclustering generate lfr [flags]    degrees and communities by power laws",
			"trainclustering generate ring [flags]   a ring of cliques",
		},
		examples: []string{
			"trainclustering generate sbm --nodes 1000 --clusters 4 --out sbm.npz",
			"trainclustering generate lfr --nodes 5000 --mixing 0.4 --out lfr.npz",
			"trainclustering generate ring --cliques 30 --size 5 --out ring.npz",
		},
	}
}

// sbmHelp is the page of `generate sbm`.
func sbmHelp() helpPage {
	return helpPage{
		title: "trainclustering generate sbm: write a graph with planted clusters",
		about: "A degree-corrected stochastic block model whose nodes carry Gaussian features around the " +
			"mean of their cluster, as in the paper of DMoN (arXiv:2006.16904). The file is an npz that " +
			"train --data reads, labels included.",
		usage: []string{"trainclustering generate sbm --out FILE [flags]"},
		examples: []string{
			"trainclustering generate sbm --out sbm.npz",
			"trainclustering generate sbm --nodes 200000 --avg-degree 10 --out large.npz",
		},
		flags: sbmFlags(), column: 28,
	}
}
