// Package train trains a model whose weights are in a [param.Store].
//
// A [Trainer] differentiates a loss once, compiles the graph once, and then runs
// steps: forward, backward, clipping, update, constraints, and running
// statistics.
//
//	t, err := train.New(sc, loss, train.NewAdam(1e-3), train.Options{})
//	defer t.Close()
//	for range epochs {
//		loss, err := t.Step()
//	}
//
// Between steps you may replace the inputs of the graph with gorgonia.Let,
// change the solver's rate, or set a [Scalar], such as the weight of a loss.
//
// An [Evaluator] runs a graph forward only.
//
// # Mini-batches
//
// [Fit] trains a model on the batches of a
// [github.com/graphpool/graphpool/modes.Loader] in one call. It has validation,
// a learning rate that falls when nothing improves ([Plateau]), early stopping
// that restores the best weights ([EarlyStopping]), and checkpoints from which
// training continues to the same bits. [Runner] and [Predictor] are its parts.
//
// The solvers are [Adam], [AdamW] with weight decay of every kernel, and [SGD].
package train
