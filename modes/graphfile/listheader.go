package graphfile

import (
	"slices"
	"strings"
)

// findHeader finds the line that names the columns, among the lines or the
// comments before them.
func (l *listLayout) findHeader(s *listSample, rows []listRow, o Options) error {
	first := rows[0]
	switch {
	case o.Header == "yes":
		l.headerAt, l.names = first.line, first.fields
	case o.Header == "no":
	case namesAll(first.fields, o.Columns) || isHeaderRow(first, rows[1:]):
		l.headerAt, l.names = first.line, first.fields
	case isWordPair(first.fields):
		return s.failf(first.line, "%s may name the columns or be an edge of nodes that other lines have too: want --header yes or no",
			quote(strings.Join(first.fields, " ")))
	default:
		return l.commentHeader(s, rows)
	}
	if l.headerAt > 0 {
		l.dict = false
	}
	return nil
}

// namesAll tells whether the line has each of the columns asked for by a name.
func namesAll(fields, columns []string) bool {
	named := false
	for _, c := range columns {
		if isNumber(c) {
			continue
		}
		if !slices.ContainsFunc(fields, func(f string) bool { return strings.EqualFold(f, c) }) {
			return false
		}
		named = true
	}
	return named
}

// isHeaderRow says whether the first line names columns.
func isHeaderRow(first listRow, rest []listRow) bool {
	f := first.fields
	if len(f) < 2 {
		return false
	}
	if slices.ContainsFunc(f, isNumberWord) && f[0] != "" {
		src, dst, ok := sureEnds(f)
		return ok && (isPlainHeader(f[src], f[dst]) || !isEdgeToo(f[src], f[dst], rest))
	}
	if f[0] == "" {
		return len(f) >= 3 // pandas and R leave the name of the index away
	}
	if src, dst, _, ok := endpoints(f); ok {
		return isPlainHeader(f[src], f[dst]) || numbersBelow(f, rest) || !isEdgeToo(f[src], f[dst], rest)
	}
	named := nodeColumns(f)
	if len(rest) == 0 || len(named) < 2 {
		return false
	}
	if allNumbers(rest, named[0]) && allNumbers(rest, named[1]) {
		return true
	}
	return oneOf(f[named[0]], entityNames) && oneOf(f[named[1]], entityNames) && !occurs(f[named[0]], rest) && !occurs(f[named[1]], rest) ||
		len(named) == 3 && (oneOf(f[named[2]], weightNames) || oneOf(f[named[2]], timeNames))
}

// sureEnds finds the ends of an edge where their names alone make a header,
// whatever other columns are called: source and target, src and dst, from and to,
// and longer names with these words.
func sureEnds(f []string) (src, dst int, ok bool) {
	src, dst, _, ok = endpoints(f)
	if !ok {
		return 0, 0, false
	}
	a, b := nameWords(f[src]), nameWords(f[dst])
	return src, dst, slices.ContainsFunc([][2]string{{"source", "target"}, {"src", "dst"}, {"from", "to"}}, func(pair [2]string) bool {
		return opposite(a, b, pair)
	})
}

// isPlainHeader tells whether two names are what programs call the ends of an
// edge, which decides even where they are names of nodes too.
func isPlainHeader(src, dst string) bool {
	src, dst = strings.ToLower(src), strings.ToLower(dst)
	return src == "source" && dst == "target" || src == "src" && dst == "dst"
}

// numbersBelow tells whether a column has a word first and then numbers alone.
func numbersBelow(first []string, rest []listRow) bool {
	for c, word := range first {
		isWord := !isNumberWord(word) && !strings.ContainsAny(word, "0123456789")
		if isWord && len(rest) > 0 && !slices.ContainsFunc(rest, func(r listRow) bool { return c >= len(r.fields) || !isNumber(r.fields[c]) }) {
			return true
		}
	}
	return false
}

// isWordPair tells whether a line that is taken for an edge begins with two
// words that often name the ends of one: no letters or numbered names.
func isWordPair(f []string) bool {
	src, dst, _, ok := endpoints(f)
	_, _, sure := sureEnds(f)
	return ok && (sure || !slices.ContainsFunc(f, isNumberWord)) && len(f[src]) > 1 && len(f[dst]) > 1 && nameWords(f[src])[0] != nameWords(f[dst])[0]
}

// isEdgeToo tells whether two words that name the ends of an edge may be nodes
// all the same: they stand in other lines too, or others like them do.
func isEdgeToo(src, dst string, rest []listRow) bool {
	if occurs(src, rest) || occurs(dst, rest) {
		return true
	}
	stem := nameWords(src)[0]
	if stem != nameWords(dst)[0] {
		return len(src) == 1 && len(dst) == 1 && letters(rest)
	}
	return slices.ContainsFunc(rest, func(r listRow) bool {
		return slices.ContainsFunc(r.fields, func(f string) bool {
			w := nameWords(f)
			return len(w) > 0 && w[0] == stem
		})
	})
}

// letters tells whether every line begins with two fields of one letter.
func letters(rows []listRow) bool {
	return !slices.ContainsFunc(rows, func(r listRow) bool {
		return len(r.fields) < 2 || len(r.fields[0]) != 1 || len(r.fields[1]) != 1 || isNumber(r.fields[0])
	})
}

// nodeColumns is the columns that do not number the lines.
func nodeColumns(names []string) []int {
	var out []int
	for i, n := range names {
		if !oneOf(n, indexNames) || i > 0 && len(names) == 2 {
			out = append(out, i)
		}
	}
	if len(out) < 2 {
		out = out[:0]
		for i := range names {
			out = append(out, i)
		}
	}
	return out
}

// isNumberWord tells whether a field is a number, which names no column; what
// stands for a missing one does not either.
func isNumberWord(s string) bool {
	return isNumber(s) || isMissing(s)
}

// isMissing tells whether a field stands for a missing value.
func isMissing(s string) bool {
	switch strings.ToLower(s) {
	case "na", "n/a", "nan", "null", "none", "?", "-", ".", "nil", "<na>":
		return true
	}
	return false
}

// allNumbers tells whether a column has whole numbers alone.
func allNumbers(rows []listRow, column int) bool {
	for _, r := range rows {
		if column >= len(r.fields) || !isWholeNumber(r.fields[column]) {
			return false
		}
	}
	return true
}

func isWholeNumber(s string) bool {
	s = strings.TrimSuffix(s, ".0")
	_, ok := parseIndex(s)
	return ok
}

// occurs tells whether a word stands in any of the rows.
func occurs(word string, rows []listRow) bool {
	return slices.ContainsFunc(rows, func(r listRow) bool { return slices.Contains(r.fields, word) })
}

// commentHeader takes the names of columns from the last comment before the
// lines, as SNAP writes them, where it names as many as there are.
func (l *listLayout) commentHeader(s *listSample, rows []listRow) error {
	width := len(rows[0].fields)
	for i := len(s.comments) - 1; i >= 0; i-- {
		text := strings.TrimSpace(strings.TrimLeft(string(s.comments[i]), "#%/"))
		if i == 0 && strings.HasPrefix(string(s.comments[0]), "%") {
			return l.konectHeader(s, text, width)
		}
		names := strings.Fields(text)
		if l.delim != " " && strings.Contains(text, l.delim) {
			names = strings.Split(text, l.delim)
			for k := range names {
				names[k] = strings.Trim(strings.TrimSpace(names[k]), `"`)
			}
		}
		if _, _, _, ok := endpoints(names); ok && len(names) == width {
			l.names = names
			return nil
		}
	}
	return nil
}

// konectHeader knows the first comment of the files of KONECT, such as
// "% sym unweighted" and "% asym positive". Their columns are source, target,
// weight and time.
func (l *listLayout) konectHeader(s *listSample, text string, width int) error {
	f := strings.Fields(text)
	if len(f) < 2 || l.delim != " " && l.delim != "\t" {
		return nil
	}
	switch f[0] {
	case "sym", "asym":
	case "bip":
		return s.failf(1, "%s is a network of two kinds of nodes, each counted from 1, want sym or asym", quote("% "+text))
	default:
		return nil
	}
	l.konect, l.directed = true, f[0] == "asym"
	l.names = []string{"source", "target", "weight", "time"}[:min(max(width, 2), 4)]
	return nil
}
