package layers

// Classed is a layer that has a class: the name that stands for its type in
// configurations (Marshal), and for its place in the paths of its weights.
// Saved models hold both, so that a class is never changed. Every layer of
// this package has one.
type Classed interface {
	Layer
	// Class is the name of the type, the same for all layers of it: lower-case
	// letters and digits, without underscores.
	Class() string
}
