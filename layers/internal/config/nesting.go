package config

import "fmt"

// mostNested is how deep the layers of a configuration may nest, each in an
// array of an object: reading takes time in proportion to the depth.
const mostNested = 100

// CheckNesting errs for JSON whose arrays and objects nest deeper than layers
// may. It reads the text once.
func CheckNesting(data []byte) error {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth > 2*mostNested+1 {
			return fmt.Errorf("layers: configuration: layers nest too deep, want at most %d in each other", mostNested)
		}
	}
	return nil
}
