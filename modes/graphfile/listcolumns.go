package graphfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// findColumns finds source, target and weight by the names of the columns or,
// where they have none, by their order.
func (l *listLayout) findColumns(s *listSample, rows []listRow) error {
	if len(l.names) > 0 {
		return l.byName(s, rows)
	}
	if len(rows) == 0 {
		return nil
	}
	l.src, l.dst = 0, 1
	if l.most > 3 {
		l.dropEmpty(rows)
	}
	switch {
	case l.most < 2:
		return s.failf(rows[0].line, "%s has %d field%s between %s, want 2 or 3; --delimiter names another separator",
			quote(strings.Join(rows[0].fields, " ")), l.most, plural(l.most), l.delimName())
	case l.dict || l.most == 2:
		if l.most > 2 {
			return s.failf(rows[0].line, "%s has %d fields before {…}, want 2", quote(strings.Join(rows[0].fields, " ")), l.most)
		}
	case l.most == 3:
		l.dropEmpty(rows)
		if l.most == 3 {
			l.weight = 2
		}
		return l.oddOrder(s, rows)
	default:
		return s.failf(rows[0].line, "%s has %d fields and no header names them, want 2 or 3; --columns 1,2 takes the first two, --header yes takes this line as names",
			quote(strings.Join(rows[0].fields, " ")), l.most)
	}
	return nil
}

// dropEmpty leaves out last columns in which nothing stands.
func (l *listLayout) dropEmpty(rows []listRow) {
	for l.most > 2 && !slices.ContainsFunc(rows, func(r listRow) bool {
		last := l.most - 1
		return last < len(r.fields) && (!isTail([]byte(r.fields[last])) || last < len(r.quoted) && r.quoted[last])
	}) {
		l.most--
	}
}

// oddOrder errs where fractions stand in a column of nodes: weights that do not
// come third.
func (l *listLayout) oddOrder(s *listSample, rows []listRow) error {
	for c, others := range [][2]int{{2, 3}, {1, 3}} {
		for _, r := range rows {
			if len(r.fields) < 3 {
				continue
			}
			v, err := strconv.ParseFloat(r.fields[c], 64)
			if err != nil || isInteger(v) {
				continue
			}
			if allNumbers(rows, others[0]-1) && allNumbers(rows, others[1]-1) {
				return s.failf(r.line, "node %s looks like a weight; --columns %d,%d,%d takes column %d for weights, --columns 1,2,3 for nodes",
					r.fields[c], others[0], others[1], c+1, c+1)
			}
		}
	}
	return nil
}

// byName finds the columns by their names.
func (l *listLayout) byName(s *listSample, rows []listRow) error {
	line := max(l.headerAt, 1)
	l.kind = kindColumn(l.names, rows)
	l.weight = weightColumn(l.names)
	if src, dst, also, ok := endpoints(l.names); ok {
		if also >= 0 {
			return s.failf(line, "columns %s and %s may both be sources, want --columns source,target", quote(l.names[src]), quote(l.names[also]))
		}
		l.src, l.dst = src, dst
		if l.weight == src || l.weight == dst {
			l.weight = -1
		}
		return nil
	}
	nodes := slices.DeleteFunc(nodeColumns(l.names), func(c int) bool {
		return c == l.weight || c == l.kind || oneOf(l.names[c], timeNames) || emptyColumn(rows, c)
	})
	if len(nodes) != 2 {
		return s.failf(line, "columns %s: %d of them may be nodes, want --columns source,target[,weight] to name them", l.list(), len(nodes))
	}
	l.src, l.dst = nodes[0], nodes[1]
	l.said = append(l.said, fmt.Sprintf("the header's names %s and %s are not known: taken as source and target", quote(l.names[l.src]), quote(l.names[l.dst])))
	return nil
}

// kindColumn is the column that says Directed or Undirected, as Gephi writes it,
// −1 where there is none.
func kindColumn(names []string, rows []listRow) int {
	return slices.IndexFunc(names, func(n string) bool {
		c := slices.Index(names, n)
		return smooth(n) == "type" && slices.ContainsFunc(rows, func(r listRow) bool {
			return c < len(r.fields) && (strings.EqualFold(r.fields[c], "directed") || strings.EqualFold(r.fields[c], "undirected"))
		})
	})
}

// emptyColumn tells whether nothing stands in a column.
func emptyColumn(rows []listRow, c int) bool {
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(r listRow) bool { return c < len(r.fields) && r.fields[c] != "" })
}

// list is the names of the columns for an error.
func (l *listLayout) list() string {
	names := l.names
	more := ""
	if len(names) > 10 {
		names, more = names[:10], ", …"
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quote(n)
	}
	return strings.Join(out, ", ") + more
}

// suspect says aloud what of the columns looks like something else.
func (l *listLayout) suspect(rows []listRow) {
	if l.weight < 0 || l.dict || l.weight < len(l.names) && oneOf(l.names[l.weight], weightNames) && !l.konect {
		return
	}
	least, most := 0.0, 0.0
	for i, r := range rows {
		if l.weight >= len(r.fields) {
			return
		}
		v, err := strconv.ParseFloat(r.fields[l.weight], 64)
		if err != nil || !isInteger(v) || !looksLikeTime(v) {
			return
		}
		if i == 0 {
			least = v
		}
		least, most = min(least, v), max(most, v)
	}
	if len(rows) > 0 {
		l.said = append(l.said, fmt.Sprintf("column %d is taken as weights but looks like times (%.0f to %.0f): --columns %s,%s leaves it out",
			l.weight+1, least, most, l.columnName(l.src), l.columnName(l.dst)))
	}
}

// looksLikeTime tells whether a number may be seconds or milliseconds since
// 1970, a date such as 20240131, or a year.
func looksLikeTime(v float64) bool {
	return v >= 1e8 && v < 1e10 || v >= 1e11 && v < 1e14 || v >= 19000101 && v <= 21001231 || v >= 1900 && v <= 2100
}
