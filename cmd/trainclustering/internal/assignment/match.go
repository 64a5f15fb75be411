package assignment

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Matched is a file's clusters in the order of a graph's nodes.
type Matched struct {
	Cluster []int     // of each node, None where the file does not have it
	Share   []float32 // of each node, nil where the file has none
	Names   []string  // of the clusters, by number; nil where the file numbers them
	Most    int       // the largest number of a cluster in the file, None for none
	Missing int       // nodes of the graph that get no cluster: the file does not have them, or no cluster of them
	Said    []string  // what was decided, in words, after File.Said
}

// Match brings the rows into the order of the graph's nodes: by name where the
// graph names them, else by number (from 0, or from 1 where the file has the
// number n and no 0), and a list in its own order. Clusters that are not all
// whole numbers of at least 0 are numbered in order of first appearance; −1 and
// "" mean none.
//
// Nodes of the file that the graph does not have, and nodes twice, are errors
// that count and name them; nodes of the graph that the file lacks get None and
// are counted.
func (f *File) Match(nodes int, names []string) (*Matched, error) {
	return f.match(nodes, names, false)
}

// MatchSome is [Match] for a graph that changed since the file was written:
// nodes of the file that the graph does not have are left out and counted, as
// long as it has some. A list of clusters still has to have one a node.
func (f *File) MatchSome(nodes int, names []string) (*Matched, error) {
	return f.match(nodes, names, true)
}

// match is Match; some lets nodes be left out.
func (f *File) match(nodes int, names []string, some bool) (*Matched, error) {
	m := &Matched{Cluster: make([]int, nodes), Most: None}
	for i := range m.Cluster {
		m.Cluster[i] = None
	}
	at, err := f.places(nodes, names, m, some)
	if err != nil {
		return nil, err
	}
	clusters, err := f.clusters(m)
	if err != nil {
		return nil, err
	}
	seen := make([]bool, nodes)
	for r, i := range at {
		m.Most = max(m.Most, clusters[r])
		if i < 0 {
			continue
		}
		if seen[i] {
			return nil, failf(f.Name, f.Rows[r].Line, "node %s a second time, want each node once", quote(f.Rows[r].Node))
		}
		seen[i] = true
		m.Cluster[i] = clusters[r]
		if s := f.Rows[r].Share; s >= 0 {
			if m.Share == nil {
				m.Share = make([]float32, nodes)
			}
			m.Share[i] = float32(s)
		}
	}
	m.tellMissing(names)
	return m, nil
}

// tellMissing counts the nodes that get no cluster from the file and names the
// first.
func (m *Matched) tellMissing(names []string) {
	first := 0
	for i, c := range m.Cluster {
		if c == None {
			if m.Missing == 0 {
				first = i
			}
			m.Missing++
		}
	}
	if m.Missing == 0 {
		return
	}
	name := strconv.Itoa(first)
	if names != nil {
		name = names[first]
	}
	m.Said = append(m.Said, fmt.Sprintf("%d of %d nodes without a cluster, such as %s", m.Missing, len(m.Cluster), quote(name)))
}

// places returns the node of each row; None, where some may be left out, for one
// that the graph does not have.
func (f *File) places(nodes int, names []string, m *Matched, some bool) ([]int, error) {
	if f.listed {
		if len(f.Rows) != nodes {
			return nil, failf(f.Name, 0, "has %d clusters, want one a node (%d)", len(f.Rows), nodes)
		}
		at := make([]int, nodes)
		for i := range at {
			at[i] = i
		}
		return at, nil
	}
	var find func(string) (int, bool)
	if names != nil {
		find = byName(names)
	}
	if names == nil || f.Kind == Clu && !f.all(find, 0) { // .clu numbers nodes even where they have names
		find = f.byNumber(nodes, m)
	}
	which := f.called(find)
	at, strange := make([]int, len(f.Rows)), []int(nil)
	for r, row := range f.Rows {
		i, ok := find(row.called(which))
		if at[r] = i; !ok {
			strange, at[r] = append(strange, r), None
		}
	}
	switch {
	case len(strange) == 0:
	case !some || len(strange) == len(f.Rows):
		for _, r := range strange {
			if f.Rows[r].name() == "" {
				return nil, failf(f.Name, f.Rows[r].Line, "no node, want its name or number")
			}
		}
		return nil, failf(f.Name, f.Rows[strange[0]].Line, "%s", f.strange(strange, nodes))
	default:
		m.Said = append(m.Said, f.strange(strange, nodes)+"; they are left out")
	}
	return at, nil
}

// called is a name of the row's node: Node for 0, then those of Also. Where there
// are fewer, it is the last.
func (r Row) called(which int) string {
	if which = min(which, len(r.Also)); which > 0 {
		return r.Also[which-1]
	}
	return r.Node
}

// name is the first of the names of the row's node that is not blank.
func (r Row) name() string {
	for which := range len(r.Also) + 1 {
		if name := r.called(which); strings.TrimSpace(name) != "" {
			return name
		}
	}
	return ""
}

// called tells which of a row's names finds a node of its own for every row, 0
// where none does. The graph may be named by other attributes than this file comes with
// first, as where two nodes have one label.
func (f *File) called(find func(string) (int, bool)) int {
	most := 0
	for _, row := range f.Rows {
		most = max(most, len(row.Also))
	}
	for which := range most + 1 {
		seen := map[int]bool{}
		if f.all(func(name string) (int, bool) {
			i, ok := find(name)
			again := seen[i]
			seen[i] = true
			return i, ok && !again
		}, which) {
			return which
		}
	}
	return 0
}

// Names is the names of the nodes of the rows: the first that no two rows have in
// common, of those that the file has for each.
func (f *File) Names() []string {
	numbers := map[string]int{} // of names, in the order in which they come
	which := f.called(func(name string) (int, bool) {
		i, ok := numbers[name]
		if !ok {
			i = len(numbers)
			numbers[name] = i
		}
		return i, true
	})
	names := make([]string, len(f.Rows))
	for r, row := range f.Rows {
		names[r] = row.called(which)
	}
	return names
}

// all tells whether the node of every row is found by one of its names.
func (f *File) all(find func(string) (int, bool), which int) bool {
	for _, row := range f.Rows {
		if _, ok := find(row.called(which)); !ok {
			return false
		}
	}
	return true
}

// byName finds nodes by their names, or as our tables and graphs write them; where
// there is none, by their names without blanks at the ends.
func byName(names []string) func(string) (int, bool) {
	at := make(map[string]int, len(names))
	trimmed := make(map[string]int)
	for i := len(names) - 1; i >= 0; i-- {
		for _, written := range []string{text.SafeName(names[i]), text.Visible(names[i])} {
			if written != names[i] {
				at[written] = i
			}
			if t := strings.TrimSpace(written); t != written {
				trimmed[t] = i
			}
		}
	}
	for i := len(names) - 1; i >= 0; i-- {
		at[names[i]] = i
	}
	return func(s string) (int, bool) {
		if i, ok := at[s]; ok {
			return i, true
		}
		s = strings.TrimSpace(s)
		if i, ok := at[s]; ok {
			return i, true
		}
		i, ok := trimmed[s]
		return i, ok
	}
}

// byNumber finds nodes by number, from 0 or from 1.
func (f *File) byNumber(nodes int, m *Matched) func(string) (int, bool) {
	zero, last := false, false
	for _, row := range f.Rows {
		node := strings.TrimSpace(row.Node)
		zero = zero || node == "0"
		last = last || node == strconv.Itoa(nodes)
	}
	from := 0
	if last && !zero {
		from = 1
		m.Said = append(m.Said, "nodes numbered from 1")
	}
	return func(s string) (int, bool) {
		v, err := strconv.Atoi(strings.TrimSpace(s))
		return v - from, err == nil && v >= from && v-from < nodes
	}
}

// strange counts and names nodes that the graph does not have, each once.
func (f *File) strange(rows []int, nodes int) string {
	all, unknown := map[string]bool{}, map[string]bool{}
	for _, row := range f.Rows {
		all[row.name()] = true
	}
	var named []string
	for _, r := range rows {
		node := f.Rows[r].name()
		if !unknown[node] && len(named) < 3 {
			named = append(named, quote(node))
		}
		unknown[node] = true
	}
	s := fmt.Sprintf("%d of its %d nodes are not in the graph of %d nodes, such as %s",
		len(unknown), len(all), nodes, strings.Join(named, ", "))
	if len(all) < len(f.Rows) {
		s += "; nodes repeat, as in an edge list"
	}
	return s
}

// clusters returns the number of each row's cluster.
func (f *File) clusters(m *Matched) ([]int, error) {
	out := make([]int, len(f.Rows))
	numbered := true
	for r, row := range f.Rows {
		v, err := strconv.ParseInt(row.Cluster, 10, 32)
		switch {
		case row.Cluster == "":
			out[r] = None
		case err != nil:
			numbered = false
		case v < None:
			return nil, failf(f.Name, row.Line, "cluster %d, want at least 0 (-1: none)", v)
		default:
			out[r] = int(v)
		}
	}
	if numbered {
		return out, nil
	}
	number := make(map[string]int)
	for r, row := range f.Rows {
		if row.Cluster == "" || row.Cluster == "-1" {
			out[r] = None
			continue
		}
		c, ok := number[row.Cluster]
		if !ok {
			c = len(m.Names)
			number[row.Cluster] = c
			m.Names = append(m.Names, row.Cluster)
		}
		out[r] = c
	}
	m.Said = append(m.Said, fmt.Sprintf("%d clusters by name, numbered in order of appearance", len(m.Names)))
	return out, nil
}
