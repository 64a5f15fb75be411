package assignment

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// readLines reads the kinds that have a node a line and no header.
func (f *File) readLines(r io.Reader) error {
	take := map[Kind]func(string, int) (Row, error){Clu: f.clu, Tree: f.tree, Pairs: f.pair, Membership: f.member}[f.Kind]
	f.listed = f.Kind == Membership
	s := scanner(r)
	number := 0
	for s.Scan() {
		number++
		line := s.Text()
		if number == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '%' {
			continue
		}
		if line[0] == '*' { // "*Vertices 34", and in a tree "*Links …" after the nodes
			if len(f.Rows) > 0 {
				break
			}
			continue
		}
		if len(f.Rows) >= maxRows {
			return failf(f.Name, number, "more than %d nodes", maxRows)
		}
		row, err := take(line, number)
		if err != nil {
			return err
		}
		row.Line = number
		f.Rows = append(f.Rows, row)
	}
	if err := scanError(s.Err(), f.Name, number+1); err != nil {
		return err
	}
	if len(f.Rows) == 0 {
		return failf(f.Name, 0, "has no nodes, want a cluster a node")
	}
	f.tell()
	return nil
}

// tell says how the rows were read where that is a choice.
func (f *File) tell() {
	switch f.Kind {
	case Clu:
		f.Said = append(f.Said, "Infomap's .clu, nodes by number")
	case Tree:
		f.sayLevel("the top modules")
	case Membership:
		f.Said = append(f.Said, "a list of clusters, in the order of the nodes")
	case Pairs:
		f.Said = append(f.Said, "no header: the first column is the node, the second its cluster")
	}
}

// clu reads "node module flow"; the flow may be missing.
func (f *File) clu(line string, number int) (Row, error) {
	fields := strings.Fields(line)
	if len(fields) < 2 || len(fields) > 3 {
		return Row{}, failf(f.Name, number, "%s has %d fields, want node, module and flow", quote(line), len(fields))
	}
	if !isIndex(fields[0]) {
		return Row{}, failf(f.Name, number, "node %s, want a whole number", quote(fields[0]))
	}
	if !isIndex(fields[1]) {
		return Row{}, failf(f.Name, number, "module %s, want a whole number", quote(fields[1]))
	}
	return Row{Node: fields[0], Cluster: fields[1], Share: -1}, nil
}

// tree reads `1:2:3 flow "name" node`, or the same with state_id before or
// without node. The last number of the path is the node's place in its module.
func (f *File) tree(line string, number int) (Row, error) {
	path, rest, _ := strings.Cut(line, " ")
	levels, err := parsePath(path)
	if err != nil {
		return Row{}, failf(f.Name, number, "path %s, want numbers of at least 1 with : between them, as in 1:2:3", quote(path))
	}
	flow, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if !isNumber(flow) {
		return Row{}, failf(f.Name, number, "flow %s, want a number", quote(flow))
	}
	name, err := quotedName(strings.TrimSpace(rest))
	if err != nil {
		return Row{}, failf(f.Name, number, "%s, want the node's name in quotes after the flow", quote(rest))
	}
	own := levels[:len(levels)-1]
	return Row{Node: name, Cluster: strconv.Itoa(own[0]), Share: -1, Path: own}, nil
}

// Levels is the number of levels of modules in a tree, 0 for other kinds.
func (f *File) Levels() int {
	most := 0
	for _, row := range f.Rows {
		most = max(most, len(row.Path))
	}
	return most
}

// sayLevel says which modules of a tree are the clusters.
func (f *File) sayLevel(modules string) {
	levels := "1 level"
	if n := f.Levels(); n > 1 {
		levels = fmt.Sprintf("%d levels, clusters are %s", n, modules)
	}
	f.Said = []string{"Infomap's .tree of " + levels + ", nodes by name"}
}

// AtLevel makes the clusters of a tree the modules of a level, 1 for the top and
// −1 for the lowest of each node; a node whose path ends above it keeps its
// lowest. Other kinds stay as they are. It errs for a level that no node has.
func (f *File) AtLevel(level int) error {
	levels := f.Levels()
	if levels == 0 {
		return nil
	}
	if level != -1 && (level < 1 || level > levels) {
		return failf(f.Name, 0, "level %d, want 1 to %d (-1: the lowest)", level, levels)
	}
	switch level {
	case 1:
		f.sayLevel("the top modules")
	case -1, levels:
		f.sayLevel("the lowest modules")
	default:
		f.sayLevel(fmt.Sprintf("the modules of level %d", level))
	}
	for r := range f.Rows {
		path := f.Rows[r].Path
		if level > 0 {
			path = path[:min(level, len(path))]
		}
		words := make([]string, len(path))
		for i, v := range path {
			words[i] = strconv.Itoa(v)
		}
		f.Rows[r].Cluster = strings.Join(words, ":")
	}
	return nil
}

// quotedName returns what stands in the quotes at the beginning of s. Infomap
// writes names as they are: the closing quote is the last one.
func quotedName(s string) (string, error) {
	last := strings.LastIndexByte(s, '"')
	if s == "" || s[0] != '"' || last == 0 {
		return "", fmt.Errorf("no name in quotes")
	}
	return s[1:last], nil
}

func parsePath(s string) ([]int, error) {
	var out []int
	for part := range strings.SplitSeq(s, ":") {
		v, err := strconv.Atoi(part)
		if err != nil || v < 1 || v > math.MaxInt32 {
			return nil, fmt.Errorf("%s is not a module", part)
		}
		out = append(out, v)
	}
	if len(out) < 2 || len(out) > 1000 {
		return nil, fmt.Errorf("%d levels", len(out))
	}
	return out, nil
}

// pair reads "node<TAB>cluster", or with a comma or blanks.
func (f *File) pair(line string, number int) (Row, error) {
	fields := strings.Split(line, "\t")
	if after := afterSemicolon(line); len(fields) != 2 && after != "" {
		fields = []string{line[:len(line)-len(after)-1], after}
	}
	if len(fields) != 2 {
		if fields = strings.Split(line, ","); len(fields) != 2 {
			fields = strings.Fields(line)
		}
	}
	if len(fields) != 2 {
		return Row{}, failf(f.Name, number, "%s has %d fields, want a node and its cluster", quote(line), len(fields))
	}
	node, cluster := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1])
	if node == "" || cluster == "" {
		return Row{}, failf(f.Name, number, "%s has an empty field, want a node and its cluster", quote(line))
	}
	return Row{Node: node, Cluster: cluster, Share: -1}, nil
}

// afterSemicolon is what stands behind the last semicolon of a line that has a
// node before it and a cluster behind; "" for other lines.
func afterSemicolon(line string) string {
	at := strings.LastIndexByte(line, ';')
	if at < 1 || strings.ContainsAny(line[at+1:], " \t,") {
		return ""
	}
	return line[at+1:]
}

// member reads a line of a membership list.
func (f *File) member(line string, number int) (Row, error) {
	if strings.ContainsAny(line, " \t,") {
		return Row{}, failf(f.Name, number, "%s, want one cluster a line as before", quote(line))
	}
	if !isIndex(line) && line != "-1" {
		return Row{}, failf(f.Name, number, "cluster %s, want a whole number of at least 0 (-1: none)", quote(line))
	}
	return Row{Cluster: line, Share: -1}, nil
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// isIndex tells a whole number of at least 0.
func isIndex(s string) bool {
	_, err := strconv.ParseUint(s, 10, 31)
	return err == nil
}

func isPath(s string) bool {
	_, err := parsePath(s)
	return err == nil
}
