package embed

import (
	"github.com/graphpool/graphpool/modes"
)

// Kind is what features are taken for.
type Kind int

// The kinds of features.
const (
	Auto    Kind = iota // as LooksLikeWords decides; Pattern where edges do not go by the features at all
	Word                // counts or marks of words
	Number              // numbers of any kind
	Pattern             // none, or none that say anything: the rows of A + I, taken as words
)

// String is auto, words, numbers or adjacency.
func (k Kind) String() string {
	return [...]string{"auto", "words", "numbers", "adjacency"}[k]
}

// AutoHops stands for the number of steps that [Hops] gives.
const AutoHops = -1

// Options of [Nodes]. [Defaults] sets them.
type Options struct {
	Kind    Kind   // Auto, Word or Number
	Columns int    // of the decomposition, at least 1
	Hops    int    // steps of smoothing, AutoHops or at least 0
	Seed    uint64 // of the decomposition
}

// Defaults is 64 columns, and everything else chosen from the graph.
func Defaults() Options { return Options{Columns: 64, Hops: AutoHops} }

// Chosen says what [Nodes] did.
type Chosen struct {
	Kind    Kind // never Auto
	Columns int
	Hops    int
}

// Nodes is the features of h that cluster: all steps of the package, with rows
// of length 1, or 0 where nothing is known of a node. It errs where h or an
// option is out of range.
func Nodes(h *modes.Host, o Options) (Matrix, Chosen, error) {
	z, m, err := Fit(h, o)
	return z, m.Chosen, err
}

func (o Options) kind(h *modes.Host, x Matrix) Kind {
	switch {
	case h.X == nil && h.SparseX == nil:
		return Pattern
	case o.Kind != Auto:
		return o.Kind
	case LooksLikeWords(x):
		return Word
	}
	return Number
}
