package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -123: "-123", -1234: "-1,234"} {
		assert.Equal(t, want, Grouped(n))
	}
}

func TestPlural(t *testing.T) {
	assert.Equal(t, "1 node", Plural(1, "node"))
	assert.Equal(t, "2,708 nodes", Plural(2708, "node"))
	assert.Equal(t, "7 classes", Plural(7, "class"))
}

func TestDuration(t *testing.T) {
	for s, want := range map[float64]string{
		0.0000215: "21.5 µs", 0.00834: "8.34 ms", 0.5: "500 ms", 4.23: "4.2 s", 83.4: "1 min 23 s", 7325: "2 h 2 min",
	} {
		assert.Equal(t, want, Duration(s))
	}
}

func TestMemorySize(t *testing.T) {
	assert.Equal(t, "12 kB", MemorySize(12_345))
	assert.Equal(t, "188 MB", MemorySize(187_654_321))
	assert.Equal(t, "1.50 GB", MemorySize(1_500_000_000))
}

func TestWrap(t *testing.T) {
	assert.Equal(t, []string{"one two", "three"}, Wrap(" one  two three ", 8))
	assert.Equal(t, []string{"a", strings.Repeat("x", 20), "b"}, Wrap("a "+strings.Repeat("x", 20)+" b", 8))
	assert.Empty(t, Wrap("", 8))
}

func TestSolidBar(t *testing.T) {
	assert.Equal(t, "██", SolidBar(1, 2))
	assert.Equal(t, "█▌", SolidBar(0.75, 2))
	assert.Equal(t, "▏", SolidBar(1e-9, 2))
	assert.Empty(t, SolidBar(0, 2))
}

func TestSparkline(t *testing.T) {
	assert.Equal(t, "▁▂▃▄▅▆▇█", Sparkline([]float64{0, 1, 2, 3, 4, 5, 6, 7}, 20))
	assert.Equal(t, "█▁", Sparkline([]float64{5, 3, 1, -1}, 2))
	assert.Equal(t, "▁▁", Sparkline([]float64{4, 4}, 2))
	assert.Empty(t, Sparkline(nil, 5))
}

func TestSuggest(t *testing.T) {
	words := []string{"epochs", "encoder", "k"}
	assert.Equal(t, "epochs", Suggest("ehpocs", words))
	assert.Equal(t, "encoder", Suggest("encoders", words))
	assert.Empty(t, Suggest("frobnicate", words))
	assert.Empty(t, Suggest("float16", []string{"float32", "float64"}))
	assert.Equal(t, "float32", Suggest("flaot32", []string{"float32", "float64"}))
	assert.Equal(t, "k", Suggest("k", words))
	assert.Equal(t, 1, editDistance("ab", "ba"))
	assert.Equal(t, 3, editDistance("", "abc"))
	assert.Equal(t, 2, editDistance("kitten", "sittin"))
}

func TestList(t *testing.T) {
	assert.Empty(t, List(nil, "or"))
	assert.Equal(t, "a", List([]string{"a"}, "or"))
	assert.Equal(t, "a or b", List([]string{"a", "b"}, "or"))
	assert.Equal(t, "a, b and c", List([]string{"a", "b", "c"}, "and"))
}

func TestNoColourInAFile(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	require.NoError(t, err)
	defer f.Close()
	assert.Equal(t, Style{}, StyleFor(f))
	assert.Equal(t, "text", Style{}.Bold("text"))
	assert.Equal(t, "\x1b[1mtext\x1b[0m", Style{Colour: true}.Bold("text"))
	assert.Equal(t, "\x1b[38;2;0;114;178mtext\x1b[0m", Style{Colour: true}.In("#0072b2", "text"))
	assert.Equal(t, "text", Style{Colour: true}.In("blue", "text"))
}

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"ann": "ann", "": "", "-5": "-5", "+1e3": "+1e3", "=1": "'=1", "-x": "'-x", "+": "'+", "@a": "'@a",
		"'=1": "''=1", "'s-Gravenhage": "'s-Gravenhage", "a=b": "a=b",
		"a\x1b[2J": "a␛[2J", "\t=1": "␉=1", "a\nb": "a␊b", "\x7f": "␡", "\u009b2J": "\ufffd2J", "\u202eabc": "\ufffdabc", "\xff": "\ufffd",
	} {
		assert.Equal(t, want, SafeName(name), "%q", name)
	}
}

func TestQuoteAndOneLine(t *testing.T) {
	assert.Equal(t, strings.Repeat("x", 200)+"…", Quote(strings.Repeat("x", 1_000_000)))
	assert.Equal(t, strings.Repeat("é", 200), Quote(strings.Repeat("é", 200)))
	assert.Equal(t, `"a b"`, Quote("a b"))
	assert.Equal(t, "?[31m a ?b", OneLine("\x1b[31m\na \u202eb"))
}

func TestCutMiddle(t *testing.T) {
	assert.Equal(t, "short.csv", CutMiddle("short.csv", 9))
	assert.Equal(t, "abcde….csv", CutMiddle("abcdefghijk.csv", 10))
	assert.Equal(t, []string{"a  b"}, Fit("a  b", 4))
	assert.Equal(t, []string{"aa", "b"}, Fit("aa  b", 3))
	assert.Equal(t, "2 nodes each", SizeRange(2, 2))
	assert.Equal(t, "1 to 1,000 nodes", SizeRange(1, 1000))
	assert.Equal(t, "5 B", MemorySize(5))
}
