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
package train
