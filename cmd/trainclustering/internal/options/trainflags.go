package options

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
)

// Flags describes the flags of `train`, with defaultOptions as defaults.
func Flags() []flags.Group {
	o := Default()
	return []flags.Group{
		{Title: "Data", Rows: []flags.Row{
			{
				Name: "data", Arg: "FILE", Text: "the graph: an edge list, npz, Matrix Market, METIS, GML, GraphML, GEXF, " +
					"Pajek, DOT or JSON, possibly compressed (gz, zst, bz2, xz); - for standard input; or the folder of a store, " +
					"which is read block by block and may be larger than memory; default: the karate club",
			},
			{Name: "config", Arg: "FILE", Text: "read flags from a YAML file; " + ConfigFile + " of an earlier run repeats that run. " +
				"Flags on the command line override the file"},
		}},
		{Title: "Output", Rows: []flags.Row{
			{Name: "out", Arg: "DIR", Text: "write " + ReportFile + ", " + PictureFile + ", " + MetricsJSON + ", " + ModelFile + ", " +
				ConfigFile + ", " + HistoryFile + ", " + CoarseFile + " and the files of --formats into this folder; - writes the clusters to standard output"},
			{Name: "formats", Arg: "A,B", Value: strings.Join(o.Formats, ","), Text: "formats of the clusters: csv, tsv, json, clu and tree (Infomap), " +
				"npy (shares and features), gexf, graphml; svg and png write the report's pictures; default {default}"},
			{Name: "json", Kind: flags.NoValue, Text: "print " + MetricsJSON + " to standard output, and nothing else there"},
		}},
		reading.Flags(),
		{Title: "Choices", Rows: []flags.Row{
			{Name: "preset", Arg: "NAME", Value: o.Preset, Text: presetText()},
			{Name: "method", Arg: "NAME", Text: text.List(model.MethodNames(), "or") + "; default " + o.Method},
			{Name: "k", Arg: "N", Text: fmt.Sprintf("number of clusters, at most the number of nodes, or auto to choose it; "+
				"default %d on the karate club and %d elsewhere", karate.Clusters, DefaultClusters)},
			{Name: "k-range", Arg: "N-N", Text: fmt.Sprintf("the range that --k auto tries; default %d-%d. Alone, it means --k auto. Of the numbers with nearly the highest "+
				"modularity, it takes the smallest whose clusters are nearly the best separated in the features",
				o.KRange[0], o.KRange[1])},
			{Name: "refine", Arg: "NAME", Text: "what to do after the training. none; moves: move single nodes to a neighbouring cluster if " +
				"modularity rises; multilevel: also move groups of nodes" + ByPreset(func(c model.Config) string { return c.Refine }) + "; on a store moves in place of multilevel"},
			{Name: "connected", Arg: "NAME", Text: "what to do with disconnected clusters. split: each piece becomes a cluster, also a whole " +
				"component of the graph; reassign: the smaller pieces join neighbouring clusters. Pieces without a neighbour stay in " +
				"reassign, nodes without an edge in both; default: only count them"},
			{Name: "min-size", Arg: "N", Text: "clusters with fewer nodes join the neighbouring cluster where modularity rises most; clusters " +
				"without a neighbour stay. Example: --min-size 5; default 0: none join"},
			{Name: "levels", Arg: "K,K", Text: "cluster the clusters again: the number of clusters on each level, --k first (--levels 16,6,2), or the " +
				"number of levels (--levels 3). Writes " + HierarchyTree + " (Infomap) and " + HierarchyJSON},
			{Name: "align", Arg: "FILE", Text: "number the clusters as in this file of an earlier run, so that most nodes keep their number; " +
				"new clusters get new numbers. Any file that evaluate reads, for example --align old/assignments.csv"},
			{Name: "restarts", Arg: "N", Value: strconv.Itoa(o.Restarts), Text: "train N times and keep the run with the lowest training loss; runs that diverge are left out. The features are made " +
				"once, with --seed; the first run has that seed too, and the others have seeds drawn from it; default {default}, " +
				"and " + strconv.Itoa(AutoRestarts) + " with --k auto, for the number it chooses"},
			{Name: "seed", Arg: "N", Value: strconv.FormatUint(o.Seed, 10), Text: "the same seed gives the same result; default {default}"},
		}},
		{Title: "Features and start", Rows: []flags.Row{
			{Name: "features-as", Arg: "NAME", Text: "how features are used. words (counts of words) or numbers: 64 columns are made of them and smoothed " +
				"over the graph; auto: chosen from the data; raw: unchanged" + ByPreset(func(c model.Config) string { return c.Features }) + "; on a store raw"},
			{Name: "hops", Arg: "N", Text: "number of smoothing steps; default auto, from the size of the graph and its degrees. On a store: " +
				"the number of hops over which the encoder's features are propagated; default 0"},
			{Name: "neighbours", Arg: "V", Text: "weight of edges to the nearest neighbours in the features, relative to the graph's edges" +
				ByPreset(func(c model.Config) string { return neighboursText(c.Neighbours) })},
			{Name: "init", Arg: "NAME", Text: "start of the training. kmeans: k-means of the features; random: random weights; or a file of clusters, " +
				"of this program, Infomap, Leiden or igraph" +
				ByPreset(func(c model.Config) string { return c.Init })},
		}},
		{Title: "Training", Rows: trainingFlags()},
		{Title: "Running", Rows: []flags.Row{
			{Name: "threads", Arg: "N", Value: strconv.Itoa(o.Threads), Text: "number of threads, 0 for one per core; default {default}. It does not change the result"},
			{Name: "order", Arg: "NAME", Text: "order of the nodes in memory during training. none: as in the file; clusters: by the clusters " +
				"of the start; rcm: reverse Cuthill-McKee. Results keep the graph's order; default none; on a store none"},
			flags.MemoryFlag(),
			{Name: "partitions", Arg: "N", Value: "1", Text: "on a store: number of groups of blocks, processed one after the other; default {default}. " +
				"It does not change the result"},
			{Name: "state", Arg: "DIR", Text: "keep checkpoints in this folder during training. After an interrupt, a crash or a full disk, --resume continues " +
				"from them to the same result. The folder is removed when the result is out"},
			{Name: "checkpoint-every", Arg: "N", Value: strconv.Itoa(o.CheckpointEvery), Text: "epochs from one checkpoint to the next; default {default}"},
			{Name: "resume", Kind: flags.NoValue, Text: "continue the training in --state, with the same flags as at its start"},
			{Name: "timing", Kind: flags.NoValue, Text: "report the time of reading, features, training, refining, measuring and writing, in seconds " +
				"and as shares, in the summary and in " + MetricsJSON},
			{Name: "quiet", Kind: flags.NoValue, Text: "print errors and warnings only"},
		}},
	}
}

func trainingFlags() []flags.Row {
	return []flags.Row{
		{Name: "encoder", Arg: "NAME", Text: text.List(model.EncoderNames(), "or") +
			ByPreset(func(c model.Config) string { return c.Encoder }) + "; on a store gcn in place of mlp"},
		{Name: "hidden", Arg: "N,N", Text: "widths of the encoder's layers" + ByPreset(func(c model.Config) string { return text.JoinInts(c.Hidden) })},
		{Name: "epochs", Arg: "N", Text: "maximum number of epochs" + ByPreset(func(c model.Config) string { return strconv.Itoa(c.Epochs) })},
		{Name: "patience", Arg: "N", Text: "the first half of the epochs ends early after N epochs in which the loss does not fall; 0: never" +
			ByPreset(func(c model.Config) string { return strconv.Itoa(c.Patience) })},
		{Name: "lr", Arg: "R", Text: "learning rate" + ByPreset(func(c model.Config) string { return text.Number(c.LR) })},
		{Name: "schedule", Arg: "NAME", Text: "schedule of the learning rate. constant; cosine: down to 0 over --epochs; plateau: halved when the " +
			"loss no longer falls; warmup-cosine: up over a tenth of --epochs, then cosine; default constant"},
		{Name: "optimizer", Arg: "NAME", Text: "adam; adamw, with weight decay; or sgd, with momentum, which needs a larger --lr (--optimizer sgd " +
			"--lr 1); default adam"},
		{Name: "weight-decay", Arg: "V", Text: "weight decay of adamw and sgd; default 0.01 for adamw, 0 for sgd"},
		{Name: "clip", Arg: "V", Text: "maximum Euclidean norm of the gradient, 0 for no limit; default 0"},
		{Name: "dropout", Arg: "P", Text: "share of the logits that are dropped during training; default 0"},
		{
			Name: "loss-weight", Arg: "NAME=V", Kind: flags.ManyValues,
			Text: "weight of a loss in the total; repeat the flag for several losses. The losses are, " + lossNames(),
		},
		{Name: "anneal", Arg: "NAME", Text: "linear: the weight of the cluster loss falls to 0 over " +
			"the second half, so that clusters may differ in size; none: it stays the same; default linear"},
		{Name: "dtype", Arg: "NAME", Text: "float32 or float64; default float32"},
	}
}

// presetText says what each preset is.
func presetText() string {
	var all []string
	for _, p := range model.Presets() {
		all = append(all, p.Name+": "+p.About)
	}
	return "defaults of other flags. " + strings.Join(all, "; ") + "; default {default}"
}

// ByPreset says a default, and where presets differ in it those that do.
func ByPreset(value func(model.Config) string) string {
	usual := value(model.Default())
	out := "; default " + usual
	for _, p := range model.Presets() {
		c, _ := model.FromPreset(p.Name)
		if v := value(c); v != usual {
			out += ", with preset " + p.Name + " " + v
		}
	}
	return out
}

// lossNames says the losses of each method.
func lossNames() string {
	var methods []string
	for _, m := range model.Methods() {
		methods = append(methods, "of "+m.Name+": "+text.List(m.LossNames(), "and"))
	}
	return strings.Join(methods, "; ")
}

// neighboursText writes the weight of neighbours as its flag takes it.
func neighboursText(v float64) string {
	if v == cluster.AutoNeighbours {
		return flags.Auto + " (.1 up to 100,000 nodes, else 0)"
	}
	return text.Number(v)
}

// Help is the page of `train`.
func Help() flags.Page {
	return flags.Page{
		Title: "trainclustering train: train a model on a graph and write its clusters",
		Usage: []string{"trainclustering train [--data FILE] [--k N] [--out DIR] [flags]"},
		Examples: []string{
			"trainclustering train --k 4",
			"trainclustering train --data cora.npz --out cora",
			"trainclustering train --data edges.tsv.gz --method mincut --k 8 --restarts 5",
			"trainclustering train --data cora.npz --preset paper --method mincut",
			"trainclustering train --data cora.npz --levels 16,4 --min-size 10 --out tree",
			"trainclustering train --data new.csv --align old/assignments.csv --out new",
		},
		Flags: Flags(), Column: 20,
	}
}
