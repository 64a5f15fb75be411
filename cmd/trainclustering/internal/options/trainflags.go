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
					"Pajek, DOT or JSON, packed (gz, zst, bz2, xz) or not, - for standard input; or the folder of a store, " +
					"which is read block by block and may be larger than memory; default: the karate club",
			},
			{Name: "config", Arg: "FILE", Text: "flags from a YAML file, as " + ConfigFile + " of an earlier run, which repeats it; " +
				"flags on the command line come first"},
		}},
		{Title: "Output", Rows: []flags.Row{
			{Name: "out", Arg: "DIR", Text: "write " + ReportFile + ", " + PictureFile + ", " + MetricsJSON + ", " + ModelFile + ", " +
				ConfigFile + ", " + HistoryFile + ", " + CoarseFile + " and the files of --formats; - writes the clusters to standard output"},
			{Name: "formats", Arg: "A,B", Value: strings.Join(o.Formats, ","), Text: "of the clusters: csv, tsv, json, clu and tree (Infomap), " +
				"npy (shares and features), gexf, graphml; svg and png of the report's pictures; default {default}"},
			{Name: "json", Kind: flags.NoValue, Text: "print " + MetricsJSON + " to standard output, and nothing else there"},
		}},
		reading.Flags(),
		{Title: "Choices", Rows: []flags.Row{
			{Name: "preset", Arg: "NAME", Value: o.Preset, Text: presetText()},
			{Name: "method", Arg: "NAME", Text: text.List(model.MethodNames(), "or") + "; default " + o.Method},
			{Name: "k", Arg: "N", Text: fmt.Sprintf("clusters to look for, at most as many as nodes, or auto to choose them; "+
				"default %d on the karate club and %d elsewhere", karate.Clusters, DefaultClusters)},
			{Name: "k-range", Arg: "N-N", Text: fmt.Sprintf("the numbers that --k auto tries; default %d-%d. It keeps those whose "+
				"modularity is near the highest, and of these the fewest that lie about as far apart in the features as any",
				o.KRange[0], o.KRange[1])},
			{Name: "refine", Arg: "NAME", Text: "after the training, none; moves: nodes move to the cluster next to them where " +
				"modularity rises; multilevel: groups of nodes as well" + ByPreset(func(c model.Config) string { return c.Refine }) + "; of a store none"},
			{Name: "connected", Arg: "NAME", Text: "clusters that fall into pieces: split makes each piece a cluster, reassign " +
				"gives the smaller pieces to their neighbours; default: they are counted only"},
			{Name: "min-size", Arg: "N", Text: "clusters of fewer nodes join the cluster next to them, where modularity rises most; those that " +
				"no edge leaves stay. As in --min-size 5; default 0, none do"},
			{Name: "levels", Arg: "K,K", Text: "clusters of clusters: the clusters of each level, --k first, as in --levels 16,6,2, or how " +
				"many levels, as in --levels 3. Writes " + HierarchyTree + " (Infomap) and " + HierarchyJSON},
			{Name: "align", Arg: "FILE", Text: "give the clusters the numbers that they have in a file of an earlier run, of any kind that " +
				"evaluate reads, so that most nodes keep theirs; new clusters get new numbers. As in --align old/assignments.csv"},
			{Name: "restarts", Arg: "N", Value: strconv.Itoa(o.Restarts), Text: "train N times, keep the lowest training loss; default {default}"},
			{Name: "seed", Arg: "N", Value: strconv.FormatUint(o.Seed, 10), Text: "the same seed gives the same result; default {default}"},
		}},
		{Title: "Features and start", Rows: []flags.Row{
			{Name: "features-as", Arg: "NAME", Text: "what becomes of the features: words and numbers make 64 columns of them, smoothed " +
				"over the graph, auto decides between the two, raw leaves them" + ByPreset(func(c model.Config) string { return c.Features }) + "; of a store raw"},
			{Name: "hops", Arg: "N", Text: "steps of smoothing; default auto, by the size of the graph and its degrees; of a store: " +
				"the encoder reads features propagated over so many hops, default 0"},
			{Name: "neighbours", Arg: "V", Text: "how much the nearest neighbours in the features count beside the edges" +
				ByPreset(func(c model.Config) string { return neighboursText(c.Neighbours) })},
			{Name: "init", Arg: "NAME", Text: "the start of the training: kmeans of the features, random weights, or a file of clusters, " +
				"of ours, Infomap's, Leiden's or igraph's" +
				ByPreset(func(c model.Config) string { return c.Init }) + "; of a store random"},
		}},
		{Title: "Training", Rows: trainingFlags()},
		{Title: "Running", Rows: []flags.Row{
			{Name: "threads", Arg: "N", Value: strconv.Itoa(o.Threads), Text: "0 takes all cores; default {default}. The result is the same"},
			{Name: "order", Arg: "NAME", Text: "in which order nodes lie in memory while the model trains: none, as the file has them; clusters, " +
				"those of the start one after the other; rcm, reverse Cuthill-McKee. Files and numbers keep the graph's order; default none; of a store none"},
			flags.MemoryFlag(),
			{Name: "partitions", Arg: "N", Value: "1", Text: "of a store: groups of its blocks, one worked on after the other; default {default}. " +
				"The result is the same"},
			{Name: "state", Arg: "DIR", Text: "keep checkpoints in a folder while training, from which --resume goes on to the same " +
				"result after an interrupt, a crash or a full disk; it is removed when the result is written"},
			{Name: "checkpoint-every", Arg: "N", Value: strconv.Itoa(o.CheckpointEvery), Text: "epochs from one checkpoint to the next; default {default}"},
			{Name: "resume", Kind: flags.NoValue, Text: "go on with the training in --state; the other flags are those it began with"},
			{Name: "timing", Kind: flags.NoValue, Text: "tell what reading, features, training, refining, measuring and writing take, in seconds " +
				"and as shares, in the summary and in " + MetricsJSON},
			{Name: "quiet", Kind: flags.NoValue, Text: "print errors and warnings only"},
		}},
	}
}

func trainingFlags() []flags.Row {
	return []flags.Row{
		{Name: "encoder", Arg: "NAME", Text: text.List(model.EncoderNames(), "or") +
			ByPreset(func(c model.Config) string { return c.Encoder }) + "; of a store gcn in place of mlp"},
		{Name: "hidden", Arg: "N,N", Text: "widths of the encoder's layers" + ByPreset(func(c model.Config) string { return text.JoinInts(c.Hidden) })},
		{Name: "epochs", Arg: "N", Text: "at most" + ByPreset(func(c model.Config) string { return strconv.Itoa(c.Epochs) })},
		{Name: "patience", Arg: "N", Text: "epochs without a fall of the loss that end the first half early, 0: none do" +
			ByPreset(func(c model.Config) string { return strconv.Itoa(c.Patience) })},
		{Name: "lr", Arg: "R", Text: "the learning rate" + ByPreset(func(c model.Config) string { return text.Number(c.LR) })},
		{Name: "schedule", Arg: "NAME", Text: "of the learning rate: constant; cosine, down to 0 over --epochs; plateau, halved where the " +
			"loss no longer falls; warmup-cosine, up over a tenth of --epochs, then the cosine; default constant"},
		{Name: "optimizer", Arg: "NAME", Text: "adam; adamw, with weight decay; sgd, with momentum, which wants a larger --lr, as in " +
			"--optimizer sgd --lr 1; default adam"},
		{Name: "weight-decay", Arg: "V", Text: "of adamw and sgd, as in --optimizer adamw --weight-decay 0.05; default 0.01 for adamw, 0 for sgd"},
		{Name: "clip", Arg: "V", Text: "the longest gradient, by its Euclidean norm, 0: any; default 0"},
		{Name: "dropout", Arg: "P", Text: "share of the logits dropped while training; default 0"},
		{
			Name: "loss-weight", Arg: "NAME=V", Kind: flags.ManyValues,
			Text: "weight of a loss in the total, once for each loss to change. " + lossNames(),
		},
		{Name: "anneal", Arg: "NAME", Text: "linear: the weight of the cluster loss falls to 0 over " +
			"the second half, so that clusters need not be equally large; none: it stays; default linear"},
		{Name: "dtype", Arg: "NAME", Text: "float32 or float64; default float32"},
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

// ByPreset says a default, and where presets differ in it those that do.
func ByPreset(value func(model.Config) string) string {
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
		return flags.Auto + " (.1 up to 100,000 nodes, else 0)"
	}
	return text.Number(v)
}

// Help is the page of `train`.
func Help() flags.Page {
	return flags.Page{
		Title: "trainclustering train: train a pooling loss on a graph and write its clusters",
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
