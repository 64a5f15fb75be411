package assignment

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readCommunities reads a community a line: its nodes, with blanks between them.
func (f *File) readCommunities(r io.Reader) error {
	s := scanner(r)
	number, community := 0, 0
	for s.Scan() {
		number++
		line := strings.TrimSpace(strings.TrimPrefix(s.Text(), "\ufeff"))
		if line == "" || line[0] == '#' || line[0] == '%' {
			continue
		}
		for _, node := range strings.Fields(line) {
			if len(f.Rows) >= maxRows {
				return failf(f.Name, number, "more than %d nodes", maxRows)
			}
			f.Rows = append(f.Rows, Row{Line: number, Node: node, Cluster: strconv.Itoa(community), Share: -1})
		}
		community++
	}
	if err := scanError(s.Err(), f.Name, number+1); err != nil {
		return err
	}
	f.Said = append(f.Said, fmt.Sprintf("%d communities, one a line", community))
	return nil
}

// jsonCommunity is an entry of [[node, …], …] as rows of a community.
func jsonCommunity(raw json.RawMessage, community int) ([]Row, error) {
	var nodes []json.RawMessage
	if err := json.Unmarshal(raw, &nodes); err != nil {
		return nil, err
	}
	rows := make([]Row, len(nodes))
	for i, n := range nodes {
		name, err := jsonScalar(n)
		if err != nil {
			return nil, err
		}
		if string(n) == "null" {
			return nil, fmt.Errorf("no node, want its name or number")
		}
		rows[i] = Row{Node: name, Cluster: strconv.Itoa(community), Share: -1}
	}
	return rows, nil
}

// communityLines tells whether the lines of a head are communities: there are two
// or more, at least one has three nodes or more, and all have only blanks between
// them. cut says that the last line may not be whole.
func communityLines(head string, cut bool) bool {
	lines := strings.Split(head, "\n")
	if cut {
		lines = lines[:len(lines)-1]
	}
	most, some := 0, 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '%' {
			continue
		}
		if strings.ContainsAny(line, ",;\t\"") {
			return false
		}
		most, some = max(most, len(strings.Fields(line))), some+1
	}
	return most > 2 && some > 1 || cut && some < 2
}
