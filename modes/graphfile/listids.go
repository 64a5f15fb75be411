package graphfile

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// nodeLine begins a comment that lists a node, which writers put before the edges
// where these alone do not give the nodes their order.
const nodeLine = "#node="

// listNode reads a line that lists a node.
func (p *listParser) listNode(text []byte) error {
	id := text[len(nodeLine):]
	if name, rest, ok := unquoted(id); ok && id[0] == '"' && len(rest) == 0 {
		id = name
	}
	if len(id) == 0 {
		return fmt.Errorf("%s without a name, want %sNAME", nodeLine, nodeLine)
	}
	if p.ids == nil {
		p.toNames()
	}
	p.b.listed++
	_, err := p.node(id)
	return err
}

// node is the number of a node, or its place among the block's names.
func (p *listParser) node(s []byte) (uint32, error) {
	n, ok := smallNumber(s)
	if p.nodes > 0 {
		if !ok || int(n) >= p.nodes {
			hint := ""
			if ok && int(n) == p.nodes {
				hint = fmt.Sprintf("; ids that count from 1 need no --nodes, or --nodes %d with a node 0 more", p.nodes+1)
			}
			return 0, fmt.Errorf("node %s, want a number from 0 to %d (--nodes %d)%s", quote(string(s)), p.nodes-1, p.nodes, hint)
		}
	}
	if ok && p.ids == nil {
		p.b.most = max(p.b.most, n)
		return n, nil
	}
	if p.ids == nil {
		p.toNames()
	}
	if id, ok := p.ids[string(s)]; ok {
		return id, nil
	}
	if bytes.IndexByte(s, 0) >= 0 {
		return 0, fmt.Errorf("not text, want an edge list")
	}
	if !utf8.Valid(s) {
		return 0, fmt.Errorf("node %s is not UTF-8, want text in UTF-8", quoteBytes(s))
	}
	return p.intern(string(s)), nil
}

func (p *listParser) intern(s string) uint32 {
	id, ok := p.ids[s]
	if !ok {
		id = uint32(len(p.b.names))
		p.ids[s] = id
		p.b.names = append(p.b.names, s)
	}
	return id
}

// toNames makes names of the block's numbers.
func (p *listParser) toNames() {
	p.ids = make(map[string]uint32)
	p.b.names = make([]string, 0, 64)
	for i := range p.b.dst {
		p.b.src[i] = p.intern(strconv.FormatUint(uint64(p.b.src[i]), 10))
		p.b.dst[i] = p.intern(strconv.FormatUint(uint64(p.b.dst[i]), 10))
	}
	if n := len(p.b.dst); len(p.b.src) > n {
		p.b.src[n] = p.intern(strconv.FormatUint(uint64(p.b.src[n]), 10))
	}
}

// smallNumber reads a whole number below 2^32−1 in its shortest form.
func smallNumber(s []byte) (uint32, bool) {
	if len(s) == 0 || len(s) > 10 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	var n uint64
	for _, c := range s {
		if c-'0' > 9 {
			return 0, false
		}
		n = 10*n + uint64(c-'0')
	}
	return uint32(n), n < math.MaxUint32
}
