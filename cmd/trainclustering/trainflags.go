package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// trainFlags describes the flags of `train`, with defaultOptions as defaults.
func trainFlags() []flagGroup {
	o := defaultOptions()
	return []flagGroup{
		{"Data", []flagRow{
			{
				name: "data", arg: "FILE", text: "the graph: an edge list, npz, Matrix Market, METIS, GML, GraphML, GEXF, " +
					"Pajek, DOT or JSON, packed (gz, zst, bz2, xz) or not, - for standard input; default: the karate club",
			},
			{name: "out", arg: "DIR", text: "write " + assignmentsFile + ", " + historyFile + ", " + metricsJSON +
				" and, for graphs of up to " + text.Grouped(maxDrawnNodes) + " nodes, the picture " + pictureFile},
		}},
		readingFlags(),
		{"Model", modelFlags(o)},
		{"Training", trainingFlags(o)},
	}
}

func modelFlags(o trainOptions) []flagRow {
	return []flagRow{
		{name: "method", arg: "NAME", value: o.Method, text: text.List(model.MethodNames(), "or") + "; default {default}"},
		{name: "k", arg: "N", text: fmt.Sprintf("clusters to look for, at most as many as nodes; default %d "+
			"on the karate club and %d elsewhere", karate.Clusters, defaultClusters)},
		{name: "hidden", arg: "N,N", value: joinInts(o.Hidden), text: "widths of the encoder's layers; default {default}"},
		{name: "encoder", arg: "NAME", value: o.Encoder, text: text.List(model.EncoderNames(), "or") + "; default {default}"},
		{name: "dropout", arg: "P", value: number(o.Dropout), text: "share of inputs dropped while training; default {default}"},
		{name: "dtype", arg: "NAME", value: o.Dtype, text: "float32 or float64; default {default}"},
	}
}

func trainingFlags(o trainOptions) []flagRow {
	return []flagRow{
		{name: "epochs", arg: "N", value: strconv.Itoa(o.Epochs), text: "default {default}"},
		{name: "lr", arg: "R", value: number(o.LR), text: "Adam's learning rate; default {default}"},
		{
			name: "loss-weight", arg: "NAME=V", kind: manyValues,
			text: "weight of a loss in the total, once for each loss to change. " + defaultWeights(),
		},
		{name: "anneal", arg: "NAME", value: o.Anneal, text: "linear: the weight of the cluster loss falls to 0 over " +
			"the second half, so that clusters need not be equally large; none: it stays; default {default}"},
		{name: "restarts", arg: "N", value: strconv.Itoa(o.Restarts), text: "train N times, keep the lowest training loss; default {default}"},
		{name: "seed", arg: "N", value: strconv.FormatUint(o.Seed, 10), text: "the same seed gives the same result; default {default}"},
		{name: "threads", arg: "N", value: strconv.Itoa(o.Threads), text: "0 takes all cores; default {default}. The result is the same"},
		{name: "quiet", kind: noValue, text: "print errors and warnings only"},
	}
}

// defaultWeights says the losses of each method with their weights.
func defaultWeights() string {
	var methods []string
	for _, m := range model.Methods() {
		var weights []string
		for _, l := range m.Losses {
			weights = append(weights, l.Name+"="+number(l.Value))
		}
		methods = append(methods, m.Name+" has "+text.List(weights, "and"))
	}
	return strings.Join(methods, ", ")
}

// number writes a number as a flag takes it.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// trainHelp is the page of `train`.
func trainHelp() helpPage {
	return helpPage{
		title: "trainclustering train: train a pooling loss on a graph and write its clusters",
		usage: []string{"trainclustering train [--data FILE] [--k N] [--out DIR] [flags]"},
		examples: []string{
			"trainclustering train --k 4 --epochs 500",
			"trainclustering train --data cora.npz --out cora",
			"trainclustering train --data edges.tsv.gz --method mincut --k 8 --restarts 5",
			"trainclustering train --data cora.npz --encoder gcn-skip --anneal none",
		},
		flags: trainFlags(), column: 20,
	}
}
