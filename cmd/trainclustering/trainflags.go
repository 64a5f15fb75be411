package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
)

// trainFlags describes the flags of `train`, with defaultOptions as defaults.
func trainFlags() []flagGroup {
	o := defaultOptions()
	return []flagGroup{
		{title: "Data", rows: []flagRow{
			{
				name: "data", arg: "FILE", text: "the graph: an edge list, npz, Matrix Market, METIS, GML, GraphML, GEXF, " +
					"Pajek, DOT or JSON, packed (gz, zst, bz2, xz) or not, - for standard input; default: the karate club",
			},
			{name: "config", arg: "FILE", text: "flags from a YAML file, as " + configFile + " of an earlier run, which repeats it; " +
				"flags on the command line come first"},
		}},
		{title: "Output", rows: []flagRow{
			{name: "out", arg: "DIR", text: "write " + reportFile + ", " + pictureFile + ", " + metricsJSON + ", " + modelFile + ", " +
				configFile + ", " + historyFile + ", " + coarseFile + " and the files of --formats; - writes the clusters to standard output"},
			{name: "formats", arg: "A,B", value: strings.Join(o.Formats, ","), text: "of the clusters: csv, tsv, json, clu and tree (Infomap), " +
				"npy (shares and features), gexf, graphml; svg and png of the report's pictures; default {default}"},
			{name: "json", kind: noValue, text: "print " + metricsJSON + " to standard output, and nothing else there"},
		}},
		readingFlags(),
		{title: "Choices", rows: []flagRow{
			{name: "preset", arg: "NAME", value: o.Preset, text: presetText()},
			{name: "method", arg: "NAME", text: text.List(model.MethodNames(), "or") + "; default " + o.Method},
			{name: "k", arg: "N", text: fmt.Sprintf("clusters to look for, at most as many as nodes, or auto to choose them; "+
				"default %d on the karate club and %d elsewhere", karate.Clusters, defaultClusters)},
			{name: "k-range", arg: "N-N", text: fmt.Sprintf("the numbers that --k auto tries; default %d-%d. It keeps those whose "+
				"modularity is near the highest, and of these the fewest that lie about as far apart in the features as any",
				o.KRange[0], o.KRange[1])},
			{name: "refine", arg: "NAME", text: "after the training, none; moves: nodes move to the cluster next to them where " +
				"modularity rises; multilevel: groups of nodes as well" + byPreset(func(c model.Config) string { return c.Refine })},
			{name: "connected", arg: "NAME", text: "clusters that fall into pieces: split makes each piece a cluster, reassign " +
				"gives the smaller pieces to their neighbours; default: they are counted only"},
			{name: "restarts", arg: "N", value: strconv.Itoa(o.Restarts), text: "train N times, keep the lowest training loss; default {default}"},
			{name: "seed", arg: "N", value: strconv.FormatUint(o.Seed, 10), text: "the same seed gives the same result; default {default}"},
		}},
		{title: "Features and start", rows: []flagRow{
			{name: "features-as", arg: "NAME", text: "what becomes of the features: words and numbers make 64 columns of them, smoothed " +
				"over the graph, auto decides between the two, raw leaves them" + byPreset(func(c model.Config) string { return c.Features })},
			{name: "hops", arg: "N", text: "steps of smoothing; default auto, by the size of the graph and its degrees"},
			{name: "neighbours", arg: "V", text: "how much the nearest neighbours in the features count beside the edges" +
				byPreset(func(c model.Config) string { return neighboursText(c.Neighbours) })},
			{name: "init", arg: "NAME", text: "the start of the training: kmeans of the features, random weights, or a file of clusters, " +
				"of ours, Infomap's, Leiden's or igraph's" +
				byPreset(func(c model.Config) string { return c.Init })},
		}},
		{title: "Training", rows: trainingFlags()},
		{title: "Running", rows: []flagRow{
			{name: "threads", arg: "N", value: strconv.Itoa(o.Threads), text: "0 takes all cores; default {default}. The result is the same"},
			memoryFlag(),
			{name: "state", arg: "DIR", text: "keep checkpoints in a folder while training, from which --resume goes on to the same " +
				"result after an interrupt, a crash or a full disk; it is removed when the result is written"},
			{name: "checkpoint-every", arg: "N", value: strconv.Itoa(o.CheckpointEvery), text: "epochs from one checkpoint to the next; default {default}"},
			{name: "resume", kind: noValue, text: "go on with the training in --state; the other flags are those it began with"},
			{name: "quiet", kind: noValue, text: "print errors and warnings only"},
		}},
	}
}

func trainingFlags() []flagRow {
	return []flagRow{
		{name: "encoder", arg: "NAME", text: text.List(model.EncoderNames(), "or") +
			byPreset(func(c model.Config) string { return c.Encoder })},
		{name: "hidden", arg: "N,N", text: "widths of the encoder's layers" + byPreset(func(c model.Config) string { return text.JoinInts(c.Hidden) })},
		{name: "epochs", arg: "N", text: "at most" + byPreset(func(c model.Config) string { return strconv.Itoa(c.Epochs) })},
		{name: "patience", arg: "N", text: "epochs without a fall of the loss that end the first half early, 0: none do" +
			byPreset(func(c model.Config) string { return strconv.Itoa(c.Patience) })},
		{name: "lr", arg: "R", text: "Adam's learning rate" + byPreset(func(c model.Config) string { return text.Number(c.LR) })},
		{name: "clip", arg: "V", text: "the longest gradient, by its Euclidean norm, 0: any; default 0"},
		{name: "dropout", arg: "P", text: "share of the logits dropped while training; default 0"},
		{
			name: "loss-weight", arg: "NAME=V", kind: manyValues,
			text: "weight of a loss in the total, once for each loss to change. " + lossNames(),
		},
		{name: "anneal", arg: "NAME", text: "linear: the weight of the cluster loss falls to 0 over " +
			"the second half, so that clusters need not be equally large; none: it stays; default linear"},
		{name: "dtype", arg: "NAME", text: "float32 or float64; default float32"},
	}
}

// presetText says what each preset is.
func presetText() string {
	var all []string
	for _, p := range model.Presets() {
		all = append(all, p.Name+": "+p.About)
	}
	return "defaults for what follows. " + strings.Join(all, "; ") + "; default {default}"
}

// byPreset says a default, and where presets differ in it those that do.
func byPreset(value func(model.Config) string) string {
	usual := value(model.Default())
	out := "; default " + usual
	for _, p := range model.Presets() {
		c, _ := model.FromPreset(p.Name)
		if v := value(c); v != usual {
			out += ", " + p.Name + " " + v
		}
	}
	return out
}

// lossNames says the losses of each method.
func lossNames() string {
	var methods []string
	for _, m := range model.Methods() {
		methods = append(methods, m.Name+" has "+text.List(m.LossNames(), "and"))
	}
	return strings.Join(methods, ", ")
}

// neighboursText writes the weight of neighbours as its flag takes it.
func neighboursText(v float64) string {
	if v == cluster.AutoNeighbours {
		return auto + " (.1 up to 100,000 nodes, else 0)"
	}
	return text.Number(v)
}

// trainHelp is the page of `train`.
func trainHelp() helpPage {
	return helpPage{
		title: "trainclustering train: train a pooling loss on a graph and write its clusters",
		usage: []string{"trainclustering train [--data FILE] [--k N] [--out DIR] [flags]"},
		examples: []string{
			"trainclustering train --k 4",
			"trainclustering train --data cora.npz --out cora",
			"trainclustering train --data edges.tsv.gz --method mincut --k 8 --restarts 5",
			"trainclustering train --data cora.npz --preset paper --encoder gcn-skip",
		},
		flags: trainFlags(), column: 20,
	}
}
