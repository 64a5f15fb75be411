package layers_test

import (
	"fmt"
	"math/rand/v2"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// classified is graphs with a class each.
type classified struct {
	graphs []*modes.Host
	labels []int
}

func (c classified) at(index []int) (out classified) {
	for _, i := range index {
		out.graphs, out.labels = append(out.graphs, c.graphs[i]), append(out.labels, c.labels[i])
	}
	return out
}

// majority is the share of the class that most graphs have.
func (c classified) majority() float64 {
	count, most := map[int]int{}, 0
	for _, l := range c.labels {
		count[l]++
		most = max(most, count[l])
	}
	return float64(most) / float64(len(c.labels))
}

// batches is the graphs in parts of so many, the last one perhaps smaller.
func (c classified) batches(size int) (out []classified) {
	for at := 0; at < len(c.graphs); at += size {
		end := min(at+size, len(c.graphs))
		out = append(out, classified{c.graphs[at:end], c.labels[at:end]})
	}
	return out
}

// recipe is how a classifier is made and trained.
type recipe struct {
	mode                  modes.Mode
	dt                    tensor.Dtype
	seed                  uint64
	classes, batch, units int
	ratio                 float64
	clusters              int
	rate                  float64
	epochs                int
}

// layers is a model of three levels: all nodes, those that score best, and
// clusters of these.
func (r recipe) layers() []layers.Layer {
	conv := func() layers.Layer {
		l := layers.NewGraphConv(r.units)
		l.Activation = ops.ReLU
		return l
	}
	attention := layers.NewGlobalAttentionPool()
	attention.Channels = r.units
	return []layers.Layer{
		conv(), layers.NewTopKPool(r.ratio),
		conv(), layers.NewMinCutPool(r.clusters),
		conv(), attention,
		layers.NewDense(r.classes),
	}
}

// classifier is the model in an expression graph that takes any batch within
// a budget.
type classifier struct {
	recipe
	sc     *param.Scope
	in     modes.Graph
	labels *G.Node // of each place for a graph, −1 where there is none
	out    layers.Output
}

func (r recipe) build(store *param.Store, b modes.Budget, first classified, training bool) (*classifier, error) {
	c := &classifier{recipe: r, sc: store.Scope(G.NewGraph(), training)}
	construct := modes.NewDisjoint
	if r.mode == modes.Batch {
		construct = modes.NewBatch
	}
	var err error
	if c.in, err = construct(c.sc.Graph(), "graphs", first.graphs, r.dt, b); err != nil {
		return nil, err
	}
	c.labels = G.NewVector(c.sc.Graph(), tensor.Int, G.WithName("labels"), G.WithShape(c.in.Graphs))
	if c.out, err = layers.Sequence(c.sc, c.in, r.layers()...); err != nil {
		return nil, err
	}
	return c, c.set(first)
}

// set swaps in another batch.
func (c *classifier) set(b classified) error {
	swap := modes.SetDisjoint
	if c.mode == modes.Batch {
		swap = modes.SetBatch
	}
	if err := swap(c.in, b.graphs); err != nil {
		return err
	}
	labels := make([]int, c.in.Graphs)
	for i := range labels {
		labels[i] = -1
		if i < len(b.labels) {
			labels[i] = b.labels[i]
		}
	}
	return G.Let(c.labels, tensor.New(tensor.WithShape(len(labels)), tensor.WithBacking(labels)))
}

// epoch is the mean losses of one pass over the training graphs.
type epoch struct{ total, entropy float64 }

// trained is what training gave.
type trained struct {
	recipe
	store   *param.Store
	budget  modes.Budget
	history []epoch
}

func (t *trained) first() epoch { return t.history[0] }
func (t *trained) last() epoch  { return t.history[len(t.history)-1] }

// train trains on graphs in batches that are drawn anew each epoch. One
// expression graph serves all of them: room is for the largest of all graphs.
func (r recipe) train(graphs, all classified) (_ *trained, err error) {
	t := &trained{recipe: r}
	if t.store, err = param.NewStore(r.dt, r.seed); err != nil {
		return nil, err
	}
	if t.budget, err = modes.BudgetFor(all.graphs, r.batch); err != nil {
		return nil, err
	}
	c, err := r.build(t.store, t.budget, graphs.batches(r.batch)[0], true)
	if err != nil {
		return nil, err
	}
	entropy, err := losses.CrossEntropy(c.out.X.Dense, c.labels)
	if err != nil {
		return nil, err
	}
	total, err := losses.Total(append([]losses.Term{{Name: losses.NameCrossEntropy, Weight: 1, Node: entropy}}, c.out.Losses...))
	if err != nil {
		return nil, err
	}
	steps := r.epochs * len(graphs.batches(r.batch))
	trainer, err := train.New(c.sc, total, train.NewAdam(r.rate), train.Options{
		Outputs: []*G.Node{entropy},
		Rate:    train.Linear{From: r.rate, To: r.rate / 100, Start: steps / 2, End: steps}, // the last epochs settle
	})
	if err != nil {
		return nil, err
	}
	defer trainer.Close()
	if unused := trainer.Unused(); len(unused) > 0 {
		return nil, fmt.Errorf("weights without influence: %q", unused)
	}
	for e := range r.epochs {
		order := rand.New(rand.NewPCG(r.seed, uint64(e))).Perm(len(graphs.graphs))
		mean, err := c.pass(trainer, entropy, graphs.at(order))
		if err != nil {
			return nil, fmt.Errorf("epoch %d: %w", e, err)
		}
		t.history = append(t.history, mean)
	}
	return t, nil
}

// pass trains on each graph once.
func (c *classifier) pass(trainer *train.Trainer, entropy *G.Node, graphs classified) (mean epoch, err error) {
	for _, b := range graphs.batches(c.batch) {
		if err := c.set(b); err != nil {
			return mean, err
		}
		total, err := trainer.Step()
		if err != nil {
			return mean, err
		}
		v, err := trainer.Value(entropy)
		if err != nil {
			return mean, err
		}
		e, err := layertest.Floats(v)
		if err != nil {
			return mean, err
		}
		share := float64(len(b.graphs)) / float64(len(graphs.graphs))
		mean.total, mean.entropy = mean.total+share*total, mean.entropy+share*e[0]
	}
	return mean, nil
}

// accuracy is the share of graphs whose class gets the highest logit.
func (t *trained) accuracy(graphs classified) (float64, error) {
	logits, err := t.logits(graphs)
	if err != nil {
		return 0, err
	}
	hits := 0
	for i, l := range graphs.labels {
		best, row := 0, logits[i*t.classes:][:t.classes]
		for k, v := range row {
			if v > row[best] {
				best = k
			}
		}
		if best == l {
			hits++
		}
	}
	return float64(hits) / float64(len(graphs.labels)), nil
}

// logits is those of each graph, from an expression graph of its own over the
// same weights.
func (t *trained) logits(graphs classified) (out []float64, err error) {
	t.store.Seal()
	defer t.store.Unseal()
	c, err := t.build(t.store, t.budget, graphs.batches(t.batch)[0], false)
	if err != nil {
		return nil, err
	}
	e, err := train.NewEvaluator(c.out.X.Dense)
	if err != nil {
		return nil, err
	}
	defer e.Close()
	for _, b := range graphs.batches(t.batch) {
		if err := c.set(b); err != nil {
			return nil, err
		}
		v, err := e.Run()
		if err != nil {
			return nil, err
		}
		x, err := layertest.Floats(v[0])
		if err != nil {
			return nil, err
		}
		out = append(out, x[:len(b.graphs)*t.classes]...)
	}
	return out, nil
}
