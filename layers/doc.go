// Package layers builds graph neural networks: pooling layers, message
// passing, and the losses that come with them, as functions that add nodes to
// a Gorgonia expression graph.
//
// A layer is a struct of options with one method, Apply, which takes a
// modes.Graph and returns another. It is made by its constructor, which sets
// the defaults; every exported field may be changed before Apply. A literal
// is an error of Apply, since it lacks the defaults. The weights of a layer
// live in a param.Store, so that the same layer can be built into another
// graph: for graphs of another size, or for evaluation.
//
// A pooling layer is its verbs (Pooler): which nodes become one (Select), how
// good that is (Losses), their features (Reduce), their edges (Connect), and
// the way back (Lift).
package layers
