package endtoend

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// TestHelpKeepsToTheWidth reads every page at widths of terminals: no line is
// longer, and no word is lost between one width and another.
func TestHelpKeepsToTheWidth(t *testing.T) {
	plain := strings.NewReplacer(`\`, "", ",", ", ") // of examples on more lines, and of lists
	for _, command := range commands(t) {
		var words []string
		for _, width := range []int{120, 80, 60, 40} {
			page := done(t, ".", command+" --help", fmt.Sprintf("COLUMNS=%d", width)).stdout
			for line := range strings.Lines(page) {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, "%s: %s", command, line)
			}
			now := strings.Fields(plain.Replace(page))
			if words == nil {
				words = now
			}
			assert.Equal(t, words, now, "%q at %d columns", command, width)
		}
	}
}
