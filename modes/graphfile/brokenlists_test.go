package graphfile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBrokenLists reads edge lists that are no good: each gives one line with the
// file, the line, the value and what is wanted.
func TestBrokenLists(t *testing.T) {
	for text, want := range map[string]string{
		"a,b,1\nb,c,two\n":         `^e:2: weight "two" is not a number`,
		"a,b,1\nb,c,\n":            `^e:2: weight "" is not a number`,
		"a,b,1\nb,c,NaN\n":         `^e:2: weight NaN, want a finite number`,
		"a,b,1\nb,c,-Inf\n":        `^e:2: weight -Inf, want a finite number`,
		"a,b,1\nb,c,1e400\n":       `^e:2: weight 1e400, want a finite number`,
		"a,b,1\nb,c,0x10\n":        `^e:2: weight "0x10" is not a number`,
		"a,b,1\nb,c,1_000\n":       `^e:2: weight "1_000" is not a number`,
		"a;b;1\nb;c;1,5\n":         `^e:2: weight "1,5" has a comma.*--decimal comma`,
		"a;b;1\nb;c;1.000,5\n":     `^e:2: weight "1.000,5" has a comma.*--decimal comma`,
		"a,b\nb\n":                 `^e:2: "b" has 1 field between commas, want 2`,
		"a,b\nb,c,d\n":             `^e:2: "b,c,d" has 3 fields between commas, want 2`,
		"a,b\nb,\n":                `^e:2: "b,?" has an empty field, want two nodes`,
		"a,b\n,b\n":                `^e:2: ",b" has an empty field, want two nodes`,
		"a\tb\nb c\n":              `^e:2: "b c" has 1 field between tabs, want 2`,
		"source,target\na,b\nc\n":  `^e:3: "c" has 1 field between commas, want 2, as the header on line 1`,
		"source,target\na,b,c,d\n": `^e:2: "a,b,c,d" has 4 fields between commas, want 2, as the header on line 1`,
		"source,target\n":          `^e: no edges in the file`,
		"\"a,b\nb,c\n":             `^e:1: a quote without its end on the line`,
		"a,b\nb,\"c\n":             `^e:2: a quote without its end on the line`,
		"a,b\nb,\xff\xfe\n":        `^e:2: node "\\xff\\xfe" is not UTF-8, want text in UTF-8`,
		"a,b\nb,\x00\n":            `^e:2: not text, want an edge list`,
		"s\x00o\x00,\x00":          `^e:1: not text, want an edge list`,
		"1 2 3 4 5\n":              `^e:1: "1 2 3 4 5" has 5 fields and no header names them.*--columns 1,2`,
		"one\n":                    `^e:1: "one" has 1 field between blanks, want 2 or 3; --delimiter`,
		"1:2\n":                    `^e:1: "1:2" has 1 field between blanks, want 2 or 3; --delimiter`,
		"from,to,source,target,to_2\na,b,c,d,e\n,\n": `^$`,
		"id_a,id_b,name_a,name_b\n1,2,x,y\n":         `^e:1: columns "id_a" and "name_a" may both be sources, want --columns source,target`,
		"x1,p,q,r\n1,2,3,4\n":                        `^e:1: columns "x1", "p", "q", "r": 4 of them may be nodes, want --columns`,
		"# only\n# comments\n":                       `^e: no edges in the file`,
		"\n\n \n":                                    `^e: no edges in the file`,
		"a b {\n":                                    `^e:1: weight "{" is not a number`,
		"a b {'weight': x}\n":                        `^e:1: weight "x" is not a number`,
		"a b {'weight': 1\nb c {}\n":                 `^e:1: .* has 4 fields`,
		"a b c {}\n":                                 `^e:1: .* has 3 fields before`,
		"a b 1\n" + strings.Repeat("x", maxLine) + " b 1\n": `^e:2: a line of more than 1048576 bytes`,
		strings.Repeat("x", 3*maxLine):                      `^e:1: a line of more than 1048576 bytes`,
	} {
		g, err := ReadFrom(strings.NewReader(text), "e", Options{})
		if want == "^$" {
			require.NoError(t, err)
			assert.Equal(t, []string{"c", "d"}, g.Names, "source and target go before from and to")
			continue
		}
		if assert.Error(t, err, text[:min(len(text), 60)]) {
			assert.Regexp(t, want, err.Error())
			assert.NotContains(t, err.Error(), "\n")
			assert.Less(t, len(err.Error()), 400)
		}
	}
}
