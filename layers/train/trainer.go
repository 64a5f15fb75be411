package train

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
)

// Trainer runs training steps on one compiled graph.
type Trainer struct {
	opts    Options
	solver  G.Solver
	vm      *machine
	loss    *tap
	weights []*weight
	model   []G.ValueGrad
	updates []update
	unused  []string
	kept    map[*G.Node]*tap
	large   map[*G.Node]bool
	store   *param.Store
	graph   *G.ExprGraph
	steps   int
}

// New differentiates the loss with respect to the learnable weights of the
// scope's graph, adds the penalties of the weights first unless told not to,
// and compiles what the loss, the gradients and opts.Outputs need and no more.
// The loss is a scalar of the store's dtype: the weighted sum of all terms,
// since a graph can be differentiated only once: it errs where the graph was,
// by another trainer or by G.Grad, because Gorgonia would then take over
// gradients of the loss before. Build the graph again from the same store.
//
// The scope is one for training. Without a solver it may be one for evaluation.
//
// Inputs that were made by Gorgonia's own functions are data, and are not
// trained unless param.Scope.Adopt made weights of them; it is an error if one
// looks like a weight: a right factor of what weights computed.
//
// Weights on which the loss does not depend are not trained; [Trainer.Unused]
// names them. It is an error if that leaves none. A nil solver makes a
// trainer that computes gradients only ([Trainer.Run]).
func New(sc *param.Scope, loss *G.Node, solver G.Solver, opts Options) (t *Trainer, err error) {
	defer recovered("building the training graph", &err)
	if sc == nil || loss == nil {
		return nil, errors.New("train: scope or loss is nil")
	}
	if !loss.IsScalar() || loss.Dtype() != sc.Dtype() {
		return nil, fmt.Errorf("train: loss of shape %v and dtype %v, want a scalar of %v", loss.Shape(), loss.Dtype(), sc.Dtype())
	}
	if loss.Graph() != sc.Graph() {
		return nil, errors.New("train: the loss belongs to another graph than the scope")
	}
	if err := sc.CheckTrains(); solver != nil && err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	if err := opts.check(sc.Graph(), solver); err != nil {
		return nil, err
	}
	if err := wantUndifferentiated(loss); err != nil {
		return nil, err
	}
	if err := wantNoPlainWeights(sc, loss, opts.Constants); err != nil {
		return nil, err
	}
	t = &Trainer{opts: opts, solver: solver, kept: map[*G.Node]*tap{}, large: map[*G.Node]bool{}, store: sc.Store(), graph: sc.Graph()}
	if loss, err = t.total(sc, loss); err != nil {
		return nil, err
	}
	roots, err := t.differentiate(sc, loss)
	if err != nil {
		return nil, err
	}
	kept, err := t.keep(loss)
	if err != nil {
		return nil, err
	}
	followed, err := t.tapUpdates(sc)
	if err != nil {
		return nil, err
	}
	t.vm = newMachine(sc.Graph(), append(append(roots, kept...), followed...), true)
	t.vm.space.Seal(opts.Sealed...)
	return t, nil
}

// wantUndifferentiated errs where a node that the loss depends on has a
// derivative already. Gorgonia adds it to those of the loss, or takes it in
// their place.
func wantUndifferentiated(loss *G.Node) error {
	for _, n := range loss.Graph().SubgraphRoots(loss).AllNodes() {
		if n.Deriv() != nil {
			return fmt.Errorf("train: node %v was differentiated already, want a graph of its own for each trainer", n)
		}
	}
	return nil
}

// total is the loss with the penalties.
func (t *Trainer) total(sc *param.Scope, loss *G.Node) (*G.Node, error) {
	if t.opts.NoPenalties {
		return loss, nil
	}
	terms, err := sc.Penalties()
	if err != nil {
		return nil, err
	}
	for _, term := range terms {
		if loss, err = G.Add(loss, term); err != nil {
			return nil, fmt.Errorf("train: adding a penalty to the loss: %w", err)
		}
	}
	return loss, nil
}

// keep taps the loss, where its value is wanted, and the nodes to be kept.
func (t *Trainer) keep(loss *G.Node) (roots G.Nodes, err error) {
	var root *G.Node
	if !t.opts.GradientsOnly {
		if t.loss, root, err = newTap(loss); err != nil {
			return nil, err
		}
		roots = append(roots, root)
	}
	for _, n := range t.opts.Outputs {
		if t.kept[n] != nil {
			continue
		}
		if t.kept[n], root, err = newTap(n); err != nil {
			return nil, err
		}
		t.large[n] = n.Shape().TotalSize() > 1
		t.kept[n].on = !t.large[n]
		roots = append(roots, root)
	}
	return roots, nil
}

// Steps is the number of steps done.
func (t *Trainer) Steps() int { return t.steps }

// Unused lists the paths of the learnable weights that have no influence on
// the loss and are not trained.
func (t *Trainer) Unused() []string { return t.unused }

// Close gives up the compiled graph. Values kept can still be read.
func (t *Trainer) Close() error {
	if t.vm == nil {
		return nil
	}
	err := t.vm.close()
	t.vm = nil
	return err
}
