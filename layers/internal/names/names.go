// Package names turns Go's names into those of configurations.
package names

import (
	"strings"
	"unicode"
)

// Snake is a Go name in lower case with underscores between its words:
// HiddenActivation becomes hidden_activation, GNN gnn, NoBias no_bias.
func Snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
