package graphfile

import (
	"fmt"
	"strconv"
	"strings"
)

// changes counts what turning entries into an undirected graph changed.
type changes struct {
	weighted                                           bool
	loops, zeros, duplicates, oneWay, twoWay, averaged int
}

// matrix says the changes of a stored matrix, where both directions of an edge
// are expected.
func (c changes) matrix() []string {
	out := c.common("entry", "entries")
	return say(out, c.oneWay, "directed entry made undirected", "directed entries made undirected")
}

// list says the changes of an edge list, where one direction is expected.
func (c changes) list() []string {
	out := c.common("line", "lines")
	return say(out, c.twoWay-c.averaged, "edge given in both directions counted once", "edges given in both directions counted once")
}

func (c changes) common(one, many string) []string {
	how := " collapsed"
	if c.weighted {
		how = " added to its edge's weight"
	}
	hows := " collapsed"
	if c.weighted {
		hows = " added to their edges' weights"
	}
	var out []string
	out = say(out, c.loops, "self loop dropped", "self loops dropped")
	out = say(out, c.zeros, one+" of weight 0 dropped", many+" of weight 0 dropped")
	out = say(out, c.duplicates, "duplicate "+one+how, "duplicate "+many+hows)
	return say(out, c.averaged, "edge with different weights in its two directions averaged",
		"edges with different weights in their two directions averaged")
}

// say appends "n words" where n is not 0.
func say(to []string, n int, one, many string) []string {
	switch n {
	case 0:
		return to
	case 1:
		return append(to, "1 "+one)
	}
	return append(to, strconv.Itoa(n)+" "+many)
}

// notUsed says that what has these names has no use here; nothing of no names.
func notUsed(what string, names []string) []string {
	if len(names) == 0 {
		return nil
	}
	more := ""
	if n := len(names); n > 8 {
		names, more = names[:8], fmt.Sprintf(" and %d more", n-8)
	}
	return []string{what + " not used: " + strings.Join(names, ", ") + more}
}
