package graphfile

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// nodeIDs gives the nodes of a list their numbers: numbers in their order, names
// in order of first appearance. Lines that list nodes give the order of both.
type nodeIDs struct {
	edges  int
	listed int // nodes that lines list
	most   uint32
	byName map[string]uint32 // nil while all ids are numbers
	names  []string
	asName map[uint32]uint32 // the numbers among them, for speed
}

// take numbers the nodes of a block, which comes after the others.
func (n *nodeIDs) take(b *listBlock, others []*listBlock) error {
	if b.names == nil && n.byName == nil {
		n.most = max(n.most, b.most)
		return nil
	}
	if n.byName == nil {
		n.byName, n.asName = make(map[string]uint32), make(map[uint32]uint32)
		for _, before := range others {
			n.numbersToNames(before)
		}
	}
	if b.names == nil {
		n.numbersToNames(b)
	} else {
		at := make([]uint32, len(b.names))
		for i, s := range b.names {
			at[i] = n.name(s)
		}
		replace(b, func(v uint32) uint32 { return at[v] })
		b.names = nil
	}
	if len(n.names) > maxListNodes {
		return fmt.Errorf("more than %d nodes", maxListNodes)
	}
	return nil
}

func replace(b *listBlock, by func(uint32) uint32) {
	for i, v := range b.src {
		b.src[i], b.dst[i] = by(v), by(b.dst[i])
	}
}

func (n *nodeIDs) numbersToNames(b *listBlock) {
	replace(b, func(v uint32) uint32 {
		id, ok := n.asName[v]
		if !ok {
			id = n.name(strconv.FormatUint(uint64(v), 10))
			n.asName[v] = id
		}
		return id
	})
}

func (n *nodeIDs) name(s string) uint32 {
	id, ok := n.byName[s]
	if !ok {
		id = uint32(len(n.names))
		n.byName[s] = id
		n.names = append(n.names, s)
	}
	return id
}

// settle gives every node its final number in the blocks, and returns how many
// there are, their names (nil: the numbers) and what was decided.
func (n *nodeIDs) settle(blocks []*listBlock, workers, limit int) (nodes int, names, said []string, err error) {
	n.asName = nil
	switch {
	case limit > 0:
		return limit, nil, []string{fmt.Sprintf("%d nodes as asked: ids are indices from 0", limit)}, nil
	case n.byName != nil:
		names, said = n.settleNames(blocks)
		return len(names), nameless(names), said, nil
	}
	ids := ranked(blocks, n.most, n.edges, workers)
	if len(ids) > maxListNodes {
		return 0, nil, nil, fmt.Errorf("more than %d nodes", maxListNodes)
	}
	return len(ids), numerals(ids), gaps(ids), nil
}

// gaps says which numbers between the ids are no nodes.
func gaps(ids []uint32) []string {
	least, most := ids[0], ids[len(ids)-1]
	missing := int(most-least) + 1 - len(ids)
	switch {
	case missing > 0:
		return []string{fmt.Sprintf("nodes are the %d ids that occur, from %d to %d; %s between %s no node%s (--nodes %d makes every number from 0 to %d one)",
			len(ids), least, most, some(missing, "number"), are(missing), plural(missing), int(most)+1, most)}
	case least == 1:
		return []string{"nodes numbered from 1"}
	case least > 1:
		return []string{fmt.Sprintf("nodes numbered from %d", least)}
	}
	return nil
}

func some(n int, what string) string { return strconv.Itoa(n) + " " + what + plural(n) }

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// numerals writes the ids as names, all in one piece of memory; nil where they
// are 0, 1, 2, ….
func numerals(ids []uint32) []string {
	if int(ids[len(ids)-1]) == len(ids)-1 {
		return nil
	}
	var all []byte
	size := 0
	for _, v := range ids {
		size += len(strconv.AppendUint(all[:0], uint64(v), 10))
	}
	var text strings.Builder
	text.Grow(size)
	ends := make([]int, len(ids))
	for i, v := range ids {
		all = strconv.AppendUint(all[:0], uint64(v), 10)
		text.Write(all)
		ends[i] = text.Len()
	}
	names, from := make([]string, len(ids)), 0
	for i, end := range ends {
		names[i], from = text.String()[from:end], end
	}
	return names
}

// settleNames sorts names that are all numbers, makes one of "2" and "2.0"
// where pandas wrote them, and says what of names may surprise.
func (n *nodeIDs) settleNames(blocks []*listBlock) (names, said []string) {
	names = n.names
	whole, points := 0, 0
	for _, s := range names {
		if _, ok := parseIndex(s); ok {
			whole++
		} else if isWholeNumber(s) {
			points++
		}
	}
	if n.listed > 0 {
		said = []string{fmt.Sprintf("%s in the order of the lines %s…", some(n.listed, "node"), nodeLine)}
	}
	if n.listed > 0 || whole+points < len(names) {
		return names, append(said, oddNames(names, n.byName)...)
	}
	values := make([]int64, len(names))
	for i, s := range names {
		values[i], _ = parseIndex(strings.TrimSuffix(s, ".0"))
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	at := make([]uint32, len(values))
	for i, v := range values {
		p, _ := slices.BinarySearch(sorted, v)
		at[i] = uint32(p)
	}
	for _, b := range blocks {
		replace(b, func(v uint32) uint32 { return at[v] })
	}
	names = make([]string, len(sorted))
	for i, v := range sorted {
		names[i] = strconv.FormatInt(v, 10)
	}
	if points > 0 {
		said = append(said, fmt.Sprintf("%s such as 2.0 read as whole numbers", some(points, "node id")))
	}
	if last := sorted[len(sorted)-1]; last < math.MaxUint32 {
		small := make([]uint32, len(sorted))
		for i, v := range sorted {
			small[i] = uint32(v)
		}
		said = append(said, gaps(small)...)
	}
	return names, said
}

// nameless is nil where every name is its index.
func nameless(names []string) []string {
	for i, s := range names {
		if s != strconv.Itoa(i) {
			return names
		}
	}
	return nil
}
