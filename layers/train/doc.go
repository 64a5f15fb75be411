// Package train runs the training of a model whose weights live in a
// [param.Store].
//
// A [Trainer] differentiates a loss once, compiles the graph once and then
// runs steps: forward, backward, clip, update, constrain, and running
// statistics.
//
//	t, err := train.New(sc, loss, train.NewAdam(1e-3), train.Options{})
//	defer t.Close()
//	for range epochs {
//		loss, err := t.Step()
//	}
//
// Between steps the caller may swap the inputs of the graph with gorgonia.Let,
// change the solver's rate, or set a [Scalar], such as the weight of a loss.
//
// An [Evaluator] runs a graph forward only.
//
// # Mini-batches
//
// [Fit] trains a model on the batches of a [github.com/graphpool/graphpool/modes.Loader] by one call, with
// validation, a rate that falls where nothing gets better ([Plateau]), early
// stopping that puts the best weights back ([EarlyStopping]) and checkpoints from
// which training goes on to the same bits. Its parts are [Runner] and [Predictor].
//
// The solvers are [Adam], [AdamW], whose decay is that of every kernel, and [SGD].
package train
