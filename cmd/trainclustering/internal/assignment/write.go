package assignment

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Table is what the writers write: one entry a node in each slice.
type Table struct {
	Names   []string  // nil: the nodes' numbers from 0
	Cluster []int     // None: no cluster
	Share   []float32 // confidence, nil: left out

	// NameAt, where set, gives the names in place of Names; it is asked for them in
	// the order of the nodes, once for each.
	NameAt func(i int) string

	// Flow is each node's share of the random walk, for Infomap's formats: in an
	// undirected graph its degree over the sum of degrees. nil: 0.
	Flow []float64

	// Paths is each node's clusters from the top, for a tree; nil: Cluster alone.
	Paths [][]int

	// Header is lines of comments, without their #, for the formats that have
	// comments.
	Header []string
}

func (t Table) name(i int) string {
	if t.NameAt != nil {
		return t.NameAt(i)
	}
	if t.Names == nil {
		return strconv.Itoa(i)
	}
	return t.Names[i]
}

// Write writes the table as a kind: CSV, TSV, JSON, Clu, Tree, Pairs or
// Membership.
func Write(w io.Writer, t Table, kind Kind) error {
	out := bufio.NewWriter(w)
	var err error
	switch kind {
	case CSV:
		err = t.csv(out, ',')
	case TSV:
		err = t.csv(out, '\t')
	case JSON:
		err = t.json(out)
	case Clu:
		err = t.clu(out)
	case Tree:
		err = t.tree(out)
	case Pairs, Membership:
		err = t.list(out, kind)
	default:
		return fmt.Errorf("assignment: kind = %q, want csv, tsv, json, clu, tree, pairs or membership", kind)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// comments writes the header; a line end within it would end the comment.
func (t Table) comments(w io.Writer) error {
	for _, line := range t.Header {
		if _, err := fmt.Fprintf(w, "# %s\n", oneLine(line)); err != nil {
			return err
		}
	}
	return nil
}

func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

func (t Table) csv(w io.Writer, comma rune) error {
	if err := t.comments(w); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = comma
	row := []string{"node", "cluster"}
	if t.Share != nil {
		row = append(row, "confidence")
	}
	_ = out.Write(row) // Flush's error is this one's
	for i, c := range t.Cluster {
		row = append(row[:0], t.name(i), strconv.Itoa(c))
		if t.Share != nil {
			row = append(row, strconv.FormatFloat(float64(t.Share[i]), 'g', -1, 32))
		}
		if strings.HasPrefix(row[0], "#") { // else it would be a comment
			if err := hashed(out, w, row, comma); err != nil {
				return err
			}
			continue
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// hashed writes a row whose first field begins with #, in quotes.
func hashed(out *csv.Writer, w io.Writer, row []string, comma rune) error {
	out.Flush()
	_, err := fmt.Fprintf(w, "\"%s\"%c%s\n", strings.ReplaceAll(row[0], `"`, `""`), comma, strings.Join(row[1:], string(comma)))
	return err
}

// json writes an array of objects, an entry a line.
func (t Table) json(w io.Writer) error {
	type entry struct {
		Node    string   `json:"node"`
		Cluster int      `json:"cluster"`
		Share   *float32 `json:"confidence,omitempty"`
	}
	open := "["
	for i, c := range t.Cluster {
		e := entry{Node: t.name(i), Cluster: c}
		if t.Share != nil {
			e.Share = &t.Share[i]
		}
		b, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s\n%s", open, b); err != nil {
			return err
		}
		open = ","
	}
	if len(t.Cluster) == 0 {
		_, err := io.WriteString(w, "[]\n")
		return err
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

// clu writes Infomap's .clu: nodes and modules from 1; a node without a cluster
// is left out.
func (t Table) clu(w io.Writer) error {
	if err := t.comments(w); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "# module level 1\n# node_id module flow\n"); err != nil {
		return err
	}
	for i, c := range t.Cluster {
		if c == None {
			continue
		}
		if _, err := fmt.Fprintf(w, "%d %d %s\n", i+1, c+1, t.flow(i)); err != nil {
			return err
		}
	}
	return nil
}

func (t Table) flow(i int) string {
	if t.Flow == nil {
		return "0"
	}
	return strconv.FormatFloat(t.Flow[i], 'g', -1, 64)
}

// path is the clusters of a node from the top.
func (t Table) path(i int) []int {
	if t.Paths != nil {
		return t.Paths[i]
	}
	return t.Cluster[i : i+1]
}

// tree writes Infomap's .tree: modules from 1, in the order of the paths, nodes
// of more flow first.
func (t Table) tree(w io.Writer) error {
	if err := t.comments(w); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "# path flow name node_id\n"); err != nil {
		return err
	}
	var order []int
	for i, c := range t.Cluster {
		if c != None {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		byFlow := 0
		if t.Flow != nil {
			byFlow = cmp.Compare(t.Flow[b], t.Flow[a])
		}
		return cmp.Or(slices.Compare(t.path(a), t.path(b)), byFlow)
	})
	place := 0
	for at, i := range order {
		place++
		if at > 0 && !slices.Equal(t.path(i), t.path(order[at-1])) {
			place = 1
		}
		var path strings.Builder
		for _, c := range t.path(i) {
			fmt.Fprintf(&path, "%d:", c+1)
		}
		if _, err := fmt.Fprintf(w, "%s%d %s \"%s\" %d\n", path.String(), place, t.flow(i), oneLine(t.name(i)), i+1); err != nil {
			return err
		}
	}
	return nil
}

// list writes "node TAB cluster", or the clusters alone.
func (t Table) list(w io.Writer, kind Kind) error {
	for i, c := range t.Cluster {
		line := strconv.Itoa(c) + "\n"
		if kind == Pairs {
			line = strings.ReplaceAll(oneLine(t.name(i)), "\t", " ") + "\t" + line
		}
		if _, err := io.WriteString(w, line); err != nil {
			return err
		}
	}
	return nil
}
