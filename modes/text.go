package modes

import "fmt"

// String is symmetric, random_walk or unnormalized.
func (k Kind) String() string {
	switch k {
	case Symmetric:
		return "symmetric"
	case RandomWalk:
		return "random_walk"
	case Unnormalized:
		return "unnormalized"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// MarshalText gives what String does; it errs for another value.
func (k Kind) MarshalText() ([]byte, error) {
	if k < Symmetric || k > Unnormalized {
		return nil, fmt.Errorf("modes: normalization = %v, want symmetric, random_walk or unnormalized", k)
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what MarshalText gives.
func (k *Kind) UnmarshalText(text []byte) error {
	for _, v := range []Kind{Symmetric, RandomWalk, Unnormalized} {
		if v.String() == string(text) {
			*k = v
			return nil
		}
	}
	return fmt.Errorf("modes: normalization = %q, want symmetric, random_walk or unnormalized", text)
}
