package graphfile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOptions(t *testing.T) {
	for name, c := range map[string]struct {
		o       Options
		text    string
		names   []string
		weights []float32
	}{
		"columns by number": {Options{Columns: []string{"2", "3"}}, "9 a b\n9 b c\n", []string{"a", "b", "c"}, nil},
		"times left out":    {Options{Columns: []string{"1", "2"}}, "a b 1082008561\nb c 1082008562\n", []string{"a", "b", "c"}, nil},
		"columns by name":   {Options{Columns: []string{"who", "WHOM", "times"}}, "times,who,whom\n2,a,b\n3,b,c\n", []string{"a", "b", "c"}, []float32{2, 2, 3, 3}},
		"four columns":      {Options{Columns: []string{"1", "2", "3"}}, "a,b,4,9\nb,c,2,9\n", []string{"a", "b", "c"}, []float32{4, 4, 2, 2}},
		"header":            {Options{Header: "yes"}, "p q\na b\nb c\n", []string{"a", "b", "c"}, nil},
		"header of numbers": {Options{Header: "yes"}, "5 6\n1 2\n2 3\n", []string{"1", "2", "3"}, nil},
		"no header":         {Options{Header: "no"}, "source target\ntarget b\n", []string{"source", "target", "b"}, nil},
		"delimiter":         {Options{Delimiter: "colon"}, "a: b\nb: c\n", []string{"a", "b", "c"}, nil},
		"long delimiter":    {Options{Delimiter: "::"}, "a::b::2\nb::c::3\n", []string{"a", "b", "c"}, []float32{2, 2, 3, 3}},
		"comma in names":    {Options{Delimiter: "tab"}, "a,1\tb\nb\tc\n", []string{"a,1", "b", "c"}, nil},
		"decimal":           {Options{Decimal: "comma"}, "a;b;0,5\nb;c;1,5\n", []string{"a", "b", "c"}, []float32{.5, .5, 1.5, 1.5}},
		"nodes":             {Options{Nodes: 4}, "0 2\n2 3\n", nil, nil},
	} {
		g, err := ReadEdgeListWith(strings.NewReader(c.text), "e.txt", c.o)
		require.NoError(t, err, name)
		requireSound(t, g)
		assert.Equal(t, c.names, g.Names, name)
		assert.Equal(t, c.weights, g.Weights, name)
		if c.o.Nodes > 0 {
			assert.Equal(t, c.o.Nodes, g.Nodes)
		}
	}
	for want, c := range map[string]struct {
		o    Options
		text string
	}{
		`e.txt:2: node "4", want a number from 0 to 3 (--nodes 4); ids that count from 1 need no --nodes, or --nodes 5 with a node 0 more`: {Options{Nodes: 4}, "0 1\n1 4\n"},
		`e.txt:1: node "a", want a number from 0 to 3 (--nodes 4)`:                                                                         {Options{Nodes: 4}, "a b\n"},
		`e.txt: --columns: no column "x", want one of source, target`:                                                                      {Options{Columns: []string{"x", "target"}}, "source,target\na,b\n"},
		`e.txt: --columns: no column "x", want numbers from 1 to 2 (the file has no header; --header yes takes its first line for one)`:    {Options{Columns: []string{"x", "y"}}, "1 2\n"},
		`e.txt: --columns names "1" twice, want different columns`:                                                                         {Options{Columns: []string{"1", "1"}}, "1 2\n"},
		`e.txt: --columns has 1 columns, want 2 or 3: source,target or source,target,weight`:                                               {Options{Columns: []string{"1"}}, "1 2\n"},
		`e.txt: --header = "maybe", want yes, no or auto`:                                                                                  {Options{Header: "maybe"}, "1 2\n"},
		`e.txt: --decimal = ";", want point or comma`:                                                                                      {Options{Decimal: ";"}, "1 2\n"},
		`e.txt: --nodes = -1, want 1 to 1073741823`:                                                                                        {Options{Nodes: -1}, "1 2\n"},
		`e.txt:1: weight "0.5" has a point, want a decimal comma (--decimal comma)`:                                                        {Options{Decimal: "comma"}, "a;b;0.5\n"},
	} {
		_, err := ReadEdgeListWith(strings.NewReader(c.text), "e.txt", c.o)
		assert.EqualError(t, err, want)
	}
	_, err := ReadFrom(strings.NewReader("%%MatrixMarket matrix coordinate pattern symmetric\n2 2 1\n2 1\n"), "m.mtx", Options{Nodes: 3})
	assert.EqualError(t, err, "m.mtx: read as mtx, which --nodes does not apply to, want an edge list")
}
