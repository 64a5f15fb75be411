package graphfile

import (
	"strings"
	"testing"
)

// bomb is a file whose entities stand for 10 to the power of 9 letters.
func bomb(root string) string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE " + root + " [\n<!ENTITY l0 \"lol\">\n")
	for i := range 9 {
		b.WriteString("<!ENTITY l" + string(rune('1'+i)) + " \"" + strings.Repeat("&l"+string(rune('0'+i))+";", 10) + "\">\n")
	}
	return b.String() + "]>\n<" + root + ">&l9;</" + root + ">"
}

func TestBrokenGraphML(t *testing.T) {
	in := func(s string) string { return `<graphml><graph edgedefault="undirected">` + s + "</graph></graphml>" }
	requireBroken(t, "graphml", []broken{
		{"", `:1: no element, want <graphml>`},
		{"text", `:1: no element, want <graphml>`},
		{"<html></html>", `:1: <html>, want <graphml>`},
		{"<graphml></graphml>", `: no <graph>, want one`},
		{in(""), `: a graph of 0 nodes`},
		{"<graphml><graph>", `:1: .*may be cut off`},
		{"<graphml><graph></graphml>", `:1: element <graph> closed by </graphml>`},
		{in(`<node id="a"/>`) + "<more/>", `:1: <more> after the end`},
		{in(`<node id="a"/>`)[:60], `:1: .*cut off`},
		{`<graphml><graph edgedefault="sideways"/></graphml>`, `direction = "sideways", want directed or undirected`},
		{in(`<node id="a"/><node id="a"/>`), `:1: node id "a" is there twice`},
		{in("<node id=\"a\"/>\n<edge source=\"a\" target=\"b\"/>"), `:2: an edge of node "b", want the id of a node`},
		{in(`<node id="a"/><edge/>`), `an <edge> without source and target`},
		{in(`<node id="a"/><hyperedge/>`), `a <hyperedge>, want edges of two nodes`},
		{in(`<node id="a"><graph/></node>`), `a <graph> inside of node "a"`},
		{in(`<node id="a"/>`)[:len(in(`<node id="a"/>`))-10] + "<graph/></graphml>", `:1: a second <graph>`},
		{in(`<node id="a"><data key="k">1</data></node>`), `<data key="k">, want the id of a <key>`},
		{`<graphml><key id="k" for="node"/><key id="k" for="node"/></graphml>`, `<key id="k">, want an id that no other key has`},
		{`<graphml><key for="node"/></graphml>`, `<key id="">`},
		{
			`<graphml><key id="k" for="node" attr.name="age" attr.type="int"/><graph><node id="a"><data key="k">x</data></node></graph></graphml>`,
			`node attribute "age" of node number 0 = "x", want a finite number`,
		},
		{`<graphml><key id="k" for="node" attr.type="int"><default>x</default></key><graph><node id="a"/></graph></graphml>`, `default of node attribute "k" = "x"`},
		{
			`<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph><node id="a"/><edge source="a" target="a"><data key="w">-1</data></edge></graph></graphml>`,
			`:1: weight -1, want`,
		},
		{
			`<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph><node id="a"/><edge source="a" target="a"><data key="w">x</data></edge></graph></graphml>`,
			`:1: weight "x" is not a number`,
		},
		{in(`<node id="a"/><edge source="a" target="a" directed="maybe"/>`), `direction = "maybe"`},
		{bomb("graphml"), `:14: invalid character entity &l9;`},
		{in("<node id=\"a\xff\"/>"), `:1: invalid UTF-8, want UTF-8, or the name of the encoding in the first line`},
		{`<?xml version="1.0" encoding="klingon"?><graphml/>`, `encoding "klingon" is not known`},
		{"<graphml>" + deep("<a>", "</a>", 200), `elements 101 deep, want at most 100`},
		{deep("<graphml>", "", 100000), `elements 101 deep, want at most 100`},
		{"<graphml>" + strings.Repeat("x", maxToken+100000), `an element or text of more than 16777216 bytes`},
		{`<graphml a="` + strings.Repeat("x", maxToken+100000), `an element or text of more than 16777216 bytes`},
		{"\x00\x00\x00", `:1: `},
	})
}

func TestBrokenGEXF(t *testing.T) {
	in := func(s string) string { return `<gexf version="1.2"><graph>` + s + "</graph></gexf>" }
	requireBroken(t, "gexf", []broken{
		{"", `:1: no element, want <gexf>`},
		{"text", `:1: no element, want <gexf>`},
		{"<html></html>", `:1: <html>, want <gexf>`},
		{"<gexf></gexf>", `: no <graph>, want one`},
		{in(""), `: a graph of 0 nodes`},
		{"<gexf><graph>", `:1: .*cut off`},
		{"<gexf><graph></gexf>", `element <graph> closed by </gexf>`},
		{in(`<nodes><node id="a"/></nodes>`) + "<more/>", `<more> after the end`},
		{in("") + "<gexf>", `<gexf> after the end`},
		{`<gexf><graph defaultedgetype="sideways"/></gexf>`, `type = "sideways", want directed, undirected or mutual`},
		{`<gexf><graph/><graph/></gexf>`, `a second <graph>`},
		{in(`<nodes><node id="a"/><node id="a"/></nodes>`), `node id "a" is there twice`},
		{in("<nodes><node id=\"a\"/></nodes>\n<edges><edge source=\"a\" target=\"b\"/></edges>"), `:2: an edge of node "b"`},
		{in(`<nodes><node id="a"/></nodes><edges><edge source="a"/></edges>`), `<edge source="a" target="">, want the ids`},
		{in(`<nodes><node id="a"><nodes/></node></nodes>`), `<nodes> inside of a node, want a graph without a hierarchy`},
		{in(`<nodes><node id="a"><attvalues><attvalue for="0" value="1"/></attvalues></node></nodes>`), `<attvalue for="0">, want the id of an <attribute>`},
		{in(`<attributes class="edges"/>`), `<attributes class="edges">, want node or edge`},
		{in(`<attributes class="node"><attribute title="x"/></attributes>`), `<attribute id="">`},
		{in(`<attributes class="node"><attribute id="1"/><attribute id="1"/></attributes>`), `<attribute id="1">, want an id that no other has`},
		{
			in(`<attributes class="node"><attribute id="0" title="age" type="integer"/></attributes><nodes><node id="a"><attvalues><attvalue for="0" value="old"/></attvalues></node></nodes>`),
			`node attribute "age" of node number 0 = "old"`,
		},
		{in(`<nodes><node id="a"/></nodes><edges><edge source="a" target="a" weight="x"/></edges>`), `:1: weight "x" is not a number`},
		{in(`<nodes><node id="a"/></nodes><edges><edge source="a" target="a" weight="-2"/></edges>`), `:1: weight -2, want`},
		{in(`<nodes><node id="a"/></nodes><edges><edge source="a" target="a" type="odd"/></edges>`), `type = "odd"`},
		{bomb("gexf"), `:14: invalid character entity &l9;`},
		{in("<nodes><node id=\"a\xff\"/></nodes>"), `invalid UTF-8`},
		{`<?xml version="1.0" encoding="klingon"?><gexf/>`, `encoding "klingon" is not known`},
		{deep("<gexf>", "", 100000), `elements 101 deep, want at most 100`},
		{"<gexf>" + strings.Repeat("x", maxToken+100000), `of more than 16777216 bytes`},
		{`<!DOCTYPE gexf SYSTEM "file:///etc/passwd"><gexf>&xxe;</gexf>`, `invalid character entity &xxe;`},
		{"\x00\x00\x00", `:1: `},
	})
}
