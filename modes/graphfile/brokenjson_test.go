package graphfile

import (
	"strings"
	"testing"
)

func TestBrokenJSON(t *testing.T) {
	in := func(nodes, links string) string { return `{"nodes": [` + nodes + `], "links": [` + links + "]}" }
	requireBroken(t, "json", []broken{
		{"", `: the file ends before its first value`},
		{"x", `byte .*invalid character`},
		{"5", `"5", want one object with nodes and links`},
		{`"text"`, `want one object`},
		{"{", `may be cut off`},
		{`{"nodes": [{"id": 1}`, `may be cut off`},
		{`{"nodes": [{"id": 1}], "links": [{"source": 1, `, `may be cut off`},
		{`{"a":[{"": ""}],`, `may be cut off`},
		{"{}", `an object without source and target`},
		{in("", ""), `: a graph of 0 nodes`},
		{`{"nodes": 5}`, `"nodes" is "5", want an array`},
		{in("1", ""), `nodes 1 = "1", want an object`},
		{in(`{"id": 1}`, "7"), `links 1 = "7", want an object`},
		{in(`{"id": [1]}`, ""), `node 1: id = "\[1\]", want a text or a number`},
		{in(`{"id": 1}, {"id": 1}`, ""), `node 2: node id "1" is there twice`},
		{in(`{"id": 1}, {"name": "b"}`, ""), `node 2: some nodes have an id and some have not`},
		{in(`{"id": 1}`, `{"source": 1}`), `link 1: target = "", want the id of a node`},
		{in(`{"id": 1}`, `{"source": 1, "target": 2}`), `: link 1: an edge of node "2", want the id of a node`},
		{in(`{"id": 1}`, `{"source": {}, "target": 2}`), `link 1: source = "\{\}"`},
		{in(`{"id": 1}`, `{"a": 1}`), `an object without source and target`},
		{in(`{"id": 1}`, `{"source": 1, "target": 1, "weight": "x"}`), `link 1: weight = "\\"x\\"", want a number`},
		{in(`{"id": 1}`, `{"source": 1, "target": 1, "weight": -1}`), `link 1: weight -1, want`},
		{in(`{"id": 1}`, `{"source": 1, "target": 1, "weight": 1e99}`), `link 1: weight 1e99, want`},
		{in(`{"id": 1}`, `{"source": 1, "target": 1, "weight": NaN}`), `invalid character 'N'`},
		{`{"directed": 5, "nodes": []}`, `directed = "5", want true or false`},
		{`{"links": [{"source": 1, "target": 2}], "directed": true}`, `directed = true after the links`},
		{in(`{"id": 1}`, "") + "{}", `"{", want one object`},
		{`{"source": 1, "target": 2} {"nodes": []}`, `: `},
		{`{"adjacency": [[]]}`, `JSON of another layout \("adjacency"\)`},
		{`{"elements": {"nodes": []}}`, `JSON of another layout \("elements"\)`},
		{in("{\"id\": \"\xff\"}", ""), ` is not UTF-8, want`},
		{"{\"source\": \"\xff\", \"target\": \"b\"}", ` is not UTF-8, want`},
		{`{"a": ` + deep("[", "]", 20000) + "}", `exceeded max depth`},
		{deep("[", "]", 20000), `exceeded max depth|want an object`},
		{`{"a": "` + strings.Repeat("x", maxToken+100000), `of more than 16777216 bytes`},
		{in(`{"id": 1, "age": 1e400}`, ""), `node attribute "age" of node number 0 = "1e400", want a finite number`},
		{"\x00\x00", `invalid character`},
	})
}

func TestBrokenDOT(t *testing.T) {
	requireBroken(t, "dot", []broken{
		{"", `: (not DOT|0 graphs)`},
		{"text", `not DOT at line 1:1`},
		{"graph", `not DOT at line`},
		{"graph {", `not DOT at line`},
		{"graph { a -- }", `not DOT at line 1:14`},
		{"graph { a -- b", `not DOT at line`},
		{"graph { a -> b }", `not DOT: undirected graph .* contains directed edge`},
		{"graph { }", `: a graph of 0 nodes`},
		{"graph { a } graph { b }", `: 2 graphs, want one`},
		{"graph { a -- b [weight=x] }", `edge "a", "b": weight "x" is not a number`},
		{"graph { a -- b [weight=-1] }", `edge "a", "b": weight -1, want`},
		{"graph { edge [weight=x]; a -- b }", `edge "a", "b": weight "x" is not a number`},
		{"graph { a [x= }", `not DOT at line`},
		{"graph { \"a }", `not DOT at line`},
		{"graph { <a }", `not DOT at line`},
		{"graph { /* a }", `not DOT at line`},
		{"graph { \xff }", `: not UTF-8, want text in UTF-8`},
		{"graph { \x00 }", `not DOT at line`},
		{"graph " + deep("{", "}", 100000), `:1: subgraphs 101 deep, want at most 100`},
		{"graph { a" + strings.Repeat("--a", 100000) + " }", `:1: a chain of more than 65536 edges`},
		{"graph { {" + manyNodes("a", 1500) + "} -- {" + manyNodes("b", 1500) + "} }", `between subgraphs of 1499 and 1499 nodes makes more than`},
		{"graph { a ] }", `not DOT at line`},
		{"digraph { a -- -- b }", `not DOT at line`},
		{"graph { a = }", `not DOT at line`},
	})
}

func manyNodes(prefix string, n int) string {
	return strings.Join(indices(n, 0), " "+prefix)[2:]
}
