package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/inputs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// refineAsTrained is the refinement that the model's training ended with.
const refineAsTrained = "trained"

// predictFlags describes the flags of `predict`.
func predictFlags() []flags.Group {
	return []flags.Group{
		{Title: "Flags", Rows: []flags.Row{
			{Name: "model", Arg: "FILE", Text: "the model, a safetensors file of a training; required"},
			{Name: "data", Arg: "FILE", Text: "the graph to cluster; - for standard input; required"},
			{Name: "out", Arg: "FILE", Text: "the table of clusters to write: CSV, or by its ending " +
				text.List(options.TableEndings(), "or") + "; default: -, CSV to standard output"},
			{Name: "refine", Arg: "NAME", Value: refineAsTrained, Text: "refinement after the model: none, moves or multilevel, as in train, or " +
				"trained: the one that the model's file names, if any; default {default}"},
			{Name: "seed", Arg: "N", Value: "0", Text: "seed of random features, if the model's file does not name it; default {default}"},
			flags.MemoryFlag(),
		}},
		predictReading(),
	}
}

// predictReading describes the flags of reading, where the model's file
// may name what features are made.
func predictReading() flags.Group {
	g := reading.Flags()
	for i := range g.Rows {
		switch row := &g.Rows[i]; row.Name {
		case "features-from":
			row.Text = "features to make, if the model's file does not name them: " + text.List(graphfile.FeatureKinds(), "or") + "; default {default}"
		case "feature-dim":
			row.Text = "number of columns of spectral and random features, if the model's file does not name it; default {default}"
		}
	}
	return g
}

func predictHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering predict: cluster a graph with a trained model",
		About: "Nothing is trained. The graph may be that of the training or another one, but it must have the same feature " +
			"columns. They are matched by name where both have names, otherwise by position. A model that was trained without " +
			"features knows the nodes of its own graph, by name, and fits graphs of which it knows half of the nodes. On the graph " +
			"of the training the clusters are those of the training, bit for bit, in any order of the nodes. The table has one row " +
			"per node: name, cluster, and confidence, which is the node's share in that cluster. How nodes and columns were matched " +
			"goes to standard error, if there is something to say.",
		Usage: []string{"trainclustering predict --model FILE --data FILE [--out FILE] [flags]"},
		Examples: []string{
			"trainclustering predict --model cora/model.safetensors --data cora.npz",
			"trainclustering predict --model model.safetensors --data more.npz --out p.csv",
		},
		Flags: predictFlags(), Column: 20,
	}
}

func (p *program) predictCommand() *cli.Command {
	return &cli.Command{
		Name: "predict", Usage: "cluster a graph with a trained model",
		CustomHelpTemplate: predictHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(predictFlags()),
		Action: p.predict,
	}
}

// predictOptions is what the command line of `predict` asks for.
type predictOptions struct {
	model, data, out, refine string
	seed                     uint64
	memory                   float64
	reading                  reading.Options

	asked map[string]bool // the flags of made features that were given
}

func readPredict(cmd *cli.Command) (predictOptions, error) {
	o := predictOptions{model: cmd.String("model"), data: cmd.String("data"), out: cmd.String("out")}
	if err := flags.NoArguments(cmd, "--data"); err != nil {
		return o, err
	}
	r := &flags.Reader{Get: cmd.String}
	if !cmd.IsSet("out") {
		o.out = "-"
	}
	for _, name := range []string{"model", "data", "out"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.Wrong(name, "a path", "")
		}
	}
	o.refine = r.Word("refine", refineAsTrained, string(cluster.None), string(cluster.Moves), string(cluster.MultiLevel))
	o.seed = r.Seed("seed")
	o.memory = r.MemoryLimit()
	o.reading = reading.Read(r, cmd)
	o.asked = map[string]bool{}
	for _, name := range []string{"features-from", "feature-dim", "seed"} {
		o.asked[name] = cmd.IsSet(name)
	}
	example := "as in trainclustering predict --model cora/model.safetensors --data cora.npz"
	if r.Fault == nil && o.model == "" {
		r.Fault = failure.Usagef("--model is needed, the file of a trained model").WithHint("%s", example)
	}
	if r.Fault == nil && o.data == "" {
		r.Fault = failure.Usagef("--data is needed, the graph to cluster").WithHint("%s", example)
	}
	return o, r.Err()
}

// predict loads, clusters, writes and tells.
func (p *program) predict(ctx context.Context, cmd *cli.Command) error {
	started := time.Now()
	defer machine.SaveMemory()()
	o, err := readPredict(cmd)
	if err != nil {
		return err
	}
	if o.out != "-" {
		if err := checkPredictOut(o); err != nil {
			return err
		}
	}
	m, note, err := cluster.Load(o.model)
	if err != nil {
		return failure.Failedf("--model = %s: %s", text.Quote(o.model), withoutPackage(err, o.model))
	}
	g, err := p.readAsked(ctx, o.data, o.reading)
	if err != nil {
		return err
	}
	if err := flags.Fits("the prediction", predictMemory(g, m), o.memory, "a smaller graph takes less"); err != nil {
		return err
	}
	trained := readNote(note)
	fitted, err := fit(g, m, o, trained.Inputs)
	if err != nil {
		return err
	}
	res, err := predicted(ctx, g, fitted, m, o, trained)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	for _, s := range fitted.Said {
		p.log.Info(text.OneLine(s))
	}
	write := func(w io.Writer) error { return outcome.WriteAssignments(w, &res.Result, g, options.TableKind(o.out)) }
	if o.out == "-" {
		return write(p.stdout)
	}
	if err := wholefile.Write(o.out, write); err != nil {
		return failure.Failedf("--out = %s: %w", text.Quote(o.out), err)
	}
	res.Seconds = time.Since(started).Seconds()
	_, err = io.WriteString(p.stdout, predictText(res, o))
	return err
}

// prediction is clusters found by a model.
type prediction struct {
	outcome.Result
	refined string // how
	k       int
}

// predicted clusters the graph as the model does, and refines the clusters.
func predicted(ctx context.Context, g *graphfile.Graph, fitted *inputs.Fitted, m cluster.Model, o predictOptions, note trainedNote) (*prediction, error) {
	h, err := model.Host(fitted.Graph)
	if err != nil {
		return nil, failure.Failedf("%s: %w", o.data, err)
	}
	task, shares, err := m.PredictAmong(h, fitted.Nodes)
	if err != nil {
		return nil, unfit(m, o, err)
	}
	if err := model.CheckShares(shares, g.Nodes, m.K); err != nil {
		return nil, failure.Failedf("%w", err)
	}
	how := o.refine
	if how == refineAsTrained {
		how = note.Refine
	}
	if how != string(cluster.Moves) && how != string(cluster.MultiLevel) {
		how = string(cluster.None)
	}
	res := &prediction{refined: how, k: m.K}
	var first []int
	first, res.Confidence = outcome.Harden(shares, g.Nodes, m.K)
	if res.Cluster, res.Disconnected, err = task.Refine(ctx, first, cluster.Options{
		K: m.K, Seed: note.Seed, Refine: cluster.Refinement(how), Connected: cluster.Connection(note.Connected), MinSize: max(0, note.MinSize),
	}); err != nil {
		return nil, failure.Failedf("refining the clusters: %w", err)
	}
	for i, c := range res.Cluster {
		if c != first[i] && c < m.K {
			res.Confidence[i] = shares[i*m.K+c]
		}
	}
	res.Cluster, res.Confidence = inOrder(res.Cluster, fitted.Order), inOrder(res.Confidence, fitted.Order)
	if len(note.Numbers) == m.K {
		res.Cluster = outcome.Renumber(res.Cluster, note.Numbers)
	}
	res.Nodes, res.Edges, res.Classes = g.Nodes, g.Edges(), view.Classes(g)
	res.Scores, err = outcome.Evaluate(g, res.Cluster)
	return res, err
}

// predictText says in a few lines what was written and what it is worth.
func predictText(res *prediction, o predictOptions) string {
	refined := "refined by " + res.refined
	if res.refined == string(cluster.None) {
		refined = "not refined"
	}
	s := fmt.Sprintf("%s: %s in %d of %d clusters, %s, modularity %s", text.OneLine(o.out),
		text.Plural(res.Nodes, "node"), res.Scores.UsedClusters, res.k, refined, text.Score(res.Scores.Modularity))
	if res.Classes > 0 {
		s += ", NMI " + text.Score(res.Scores.NMI) + ", ARI " + text.Score(res.Scores.ARI)
	}
	return strings.Join(text.Fit(s+", "+text.Duration(res.Seconds), text.Columns), "\n") + "\n"
}

// predictMemory estimates in bytes what a prediction takes: the features made,
// the shares and the layers' values at each node, and the graph.
func predictMemory(g *graphfile.Graph, m cluster.Model) float64 {
	return 20e6 + float64(g.Nodes)*(2048+16*float64(m.K)) + 40*float64(len(g.Col))
}
