package graphfile

import "io"

// format is one file format: how it is recognised, read and written.
type format struct {
	name    string
	endings []string // with their dot, in lower case

	// sniff tells from the first bytes of a file, up to sniffed of them,
	// whether it has this format; nil where the content does not show it.
	sniff func(head []byte) bool

	// read reads a plain, not packed file; name begins its errors. nil where
	// the format is more than one stream (npz needs to seek).
	read func(r io.Reader, name string) (*Graph, error)

	// write is nil where the format is only read. What the format does not
	// hold is left out; what it cannot write right is an error.
	write func(w io.Writer, g *Graph) error

	holds holding
}

// sniffed is how many bytes of a file sniff gets.
const sniffed = 4096

// holding says what of a graph a format keeps beside its edges.
type holding struct {
	weights, names, labels, features, isolated bool
}

// formats lists what is read and written, in the order of recognition.
func formats() []format {
	everything := holding{weights: true, names: true, labels: true, features: true, isolated: true}
	return []format{
		{name: "npz", endings: []string{".npz"}, write: writeNPZ, holds: everything},
	}
}
