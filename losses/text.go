package losses

import "fmt"

// MarshalText gives two_m or twice_stored.
func (n Normalizer) MarshalText() ([]byte, error) {
	return textOf("Normalizer", int(n), "two_m", "twice_stored")
}

// UnmarshalText reads what MarshalText gives.
func (n *Normalizer) UnmarshalText(text []byte) error {
	v, err := parseText("Normalizer", text, "two_m", "twice_stored")
	*n = Normalizer(v)
	return err
}

// MarshalText gives nodes or rows.
func (c Count) MarshalText() ([]byte, error) { return textOf("Count", int(c), "nodes", "rows") }

// UnmarshalText reads what MarshalText gives.
func (c *Count) UnmarshalText(text []byte) error {
	v, err := parseText("Count", text, "nodes", "rows")
	*c = Count(v)
	return err
}

func textOf(option string, v int, names ...string) ([]byte, error) {
	if v < 0 || v >= len(names) {
		return nil, fmt.Errorf("losses: %s = %d, want 0 to %d", option, v, len(names)-1)
	}
	return []byte(names[v]), nil
}

func parseText(option string, text []byte, names ...string) (int, error) {
	for v, name := range names {
		if string(text) == name {
			return v, nil
		}
	}
	return 0, fmt.Errorf("losses: %s = %q, want one of %q", option, text, names)
}
