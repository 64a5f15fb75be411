package text

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks a text between words into lines of at most width runes. A word
// longer than that, such as a path, stays whole.
func Wrap(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			out = append(out, line)
			line = word
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// Fit is a text as it stands where it has at most width runes, and wrapped
// elsewhere.
func Fit(text string, width int) []string {
	if utf8.RuneCountInString(text) <= width {
		return []string{text}
	}
	return Wrap(text, width)
}

// PadRight fills a text with blanks on its right up to width runes.
func PadRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// List joins words as a sentence does: "a", "a or b", "a, b or c".
func List(words []string, joint string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + joint + " " + words[last]
}
