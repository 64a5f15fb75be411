// Package layers builds graph neural networks: pooling layers, message
// passing, and the losses that come with them, as functions that add nodes to
// a Gorgonia expression graph.
//
// A layer is a struct of options with one method, Apply, which takes a
// modes.Graph and returns another. Its constructor sets the defaults; every
// exported field may be changed before Apply. Its weights live in a
// param.Store, so that the same layer can be built into another graph: for
// graphs of another size, or for evaluation.
//
// A pooling layer is four verbs (Pooler): which nodes become one (Select),
// their features (Reduce), their edges (Connect), and the way back (Lift).
package layers
