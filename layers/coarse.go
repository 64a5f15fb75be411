package layers

import "fmt"

// Coarse is what becomes of the adjacency SᵀAS of the clusters.
type Coarse int

// The forms of a coarse adjacency.
const (
	Normalized   Coarse = iota // sym(zd(SᵀAS)): zero diagonal, then D^-½·D^-½ with its own degrees
	ZeroDiagonal               // SᵀAS with zeros on the diagonal
	Unnormalized               // SᵀAS
)

// String is normalized, zero_diagonal or unnormalized.
func (c Coarse) String() string {
	switch c {
	case Normalized:
		return "normalized"
	case ZeroDiagonal:
		return "zero_diagonal"
	case Unnormalized:
		return "unnormalized"
	}
	return fmt.Sprintf("Coarse(%d)", int(c))
}

// MarshalText gives what String does; it errs for another value.
func (c Coarse) MarshalText() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what MarshalText gives.
func (c *Coarse) UnmarshalText(text []byte) error {
	for v := Normalized; v <= Unnormalized; v++ {
		if v.String() == string(text) {
			*c = v
			return nil
		}
	}
	return fmt.Errorf("Coarse = %q, want normalized, zero_diagonal or unnormalized", text)
}

func (c Coarse) check() error {
	if c < Normalized || c > Unnormalized {
		return fmt.Errorf("Coarse = %d, want Normalized, ZeroDiagonal or Unnormalized", int(c))
	}
	return nil
}
