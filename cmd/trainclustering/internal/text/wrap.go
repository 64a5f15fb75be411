package text

import "strings"

// Wrap breaks a text between words into lines of at most width columns. A word
// longer than that, such as a path, stays whole.
func Wrap(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case Cells(line)+1+Cells(word) <= width:
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

// Fit is a text as it stands where it has at most width columns, and wrapped
// elsewhere.
func Fit(text string, width int) []string {
	if Cells(text) <= width {
		return []string{text}
	}
	return Wrap(text, width)
}

// PadRight fills a text with blanks on its right up to width columns.
func PadRight(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-Cells(s)))
}

// List joins words as a sentence does: "a", "a or b", "a, b or c".
func List(words []string, joint string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + joint + " " + words[last]
}
