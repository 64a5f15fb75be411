package modes

import "fmt"

// Mode is how graphs are laid out in tensors.
type Mode int

// The modes, as the package documentation describes them.
const (
	Single Mode = iota
	Disjoint
	Batch
	Mixed
)

// String is the mode's name.
func (m Mode) String() string {
	switch m {
	case Single:
		return "single"
	case Disjoint:
		return "disjoint"
	case Batch:
		return "batch"
	case Mixed:
		return "mixed"
	}
	return fmt.Sprintf("Mode(%d)", int(m))
}

// Padded tells whether every graph has rows of its own in X, B×N×F, padded to
// one size.
func (m Mode) Padded() bool { return m == Batch || m == Mixed }
