package graphfile

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// naming numbers the nodes of an edge list in order of first appearance: as
// numbers while all of them are, as names from the first one that is not.
type naming struct {
	byNumber map[int64]int32
	numbers  []int64
	byName   map[string]int32
	names    []string
}

// id returns the number of the node s.
func (n *naming) id(s string) int32 {
	if n.byName == nil {
		if v, ok := parseIndex(s); ok {
			return n.number(v)
		}
		n.toNames()
	}
	id, ok := n.byName[s]
	if !ok {
		s = string([]byte(s)) // do not keep the whole line
		id = int32(len(n.names))
		n.byName[s] = id
		n.names = append(n.names, s)
	}
	return id
}

func (n *naming) number(v int64) int32 {
	if n.byNumber == nil {
		n.byNumber = make(map[int64]int32)
	}
	id, ok := n.byNumber[v]
	if !ok {
		id = int32(len(n.numbers))
		n.byNumber[v] = id
		n.numbers = append(n.numbers, v)
	}
	return id
}

// toNames makes names of the numbers met so far; their ids stay.
func (n *naming) toNames() {
	n.names = n.numerals()
	n.byName = make(map[string]int32, len(n.names))
	for id, s := range n.names {
		n.byName[s] = int32(id)
	}
	n.byNumber, n.numbers = nil, nil
}

func (n *naming) numerals() []string {
	out := make([]string, len(n.numbers))
	for i, v := range n.numbers {
		out[i] = strconv.FormatInt(v, 10)
	}
	return out
}

// settle returns the number of nodes, the index of each id, the names (nil: the
// indices) and what it decided, in words.
func (n *naming) settle() (nodes int, at func(int32) int32, names, said []string) {
	same := func(id int32) int32 { return id }
	if n.byName != nil {
		return len(n.names), same, n.names, nil
	}
	n.byNumber = nil
	least, most := slices.Min(n.numbers), slices.Max(n.numbers)
	if most >= 10*int64(len(n.numbers)) || most >= math.MaxInt32 {
		said = []string{fmt.Sprintf("%d node numbers of up to %d taken as names", len(n.numbers), most)}
		return len(n.numbers), same, n.numerals(), said
	}
	first := min(least, 1)
	at = func(id int32) int32 { return int32(n.numbers[id] - first) }
	nodes = int(most - first + 1)
	if first == 0 {
		return nodes, at, nil, nil
	}
	names = make([]string, nodes)
	for i := range names {
		names[i] = strconv.Itoa(i + 1)
	}
	return nodes, at, names, []string{"nodes numbered from 1"}
}
