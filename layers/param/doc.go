// Package param keeps the weights of a model outside the expression graph.
//
// A [Store] holds tensors by path ("encoder/kernel"), in the order in which they
// were first requested. A [Scope] is a view of the store for one graph: layers
// request weights by name and get nodes that are bound to the stored tensors.
// Because the tensors do not belong to a graph, one set of weights can be
// trained in a graph of one size, evaluated in another, and written to a file:
//
//	store, err := param.NewStore(tensor.Float32, 42)
//	sc := store.Scope(g, true)
//	w, err := sc.Sub("dense").Param("kernel", param.GlorotUniform{}, param.Spec{}, in, out)
//
// Each weight is drawn from a generator seeded with the store's seed and the
// weight's path. So adding or removing a layer changes no other weight.
//
// The package also has what Keras calls initialisers, regularisers ([Penalty])
// and constraints, with Keras's formulas, defaults and names, and their JSON
// form.
package param
