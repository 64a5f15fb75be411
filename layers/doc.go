// Package layers builds graph neural networks: pooling layers, message passing,
// and the losses that belong to them, as functions that add nodes to a Gorgonia
// expression graph.
//
// A layer is a struct of options with one method, Apply, which takes a
// modes.Graph and returns another. Its constructor sets the defaults; change any
// exported field before Apply. A struct literal lacks the defaults, so Apply
// returns an error for it. The weights of a layer are in a param.Store. So the
// same layer can be built into another graph, for graphs of another size or for
// evaluation.
//
// A pooling layer has these steps (Pooler): which nodes become one (Select), how
// good that is (Losses), their features (Reduce), their edges (Connect), and the
// way back (Lift).
package layers
