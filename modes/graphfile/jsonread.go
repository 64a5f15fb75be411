package graphfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

func sniffJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(head) > 1 && (head[0] == '{' || head[0] == '[') && bytes.ContainsAny(head[1:], `"]}[{`)
}

// jsonGraph is a JSON file while it is read.
type jsonGraph struct {
	*builder
	name     string
	d        *json.Decoder
	in       *rationed
	directed bool
	listed   bool // the file lists nodes
	byIndex  bool // nodes have no ids: edges name them by their place in the list
	records  int
	ordered  int        // nodes among the records, which give all of them their order
	pairs    []jsonPair // of the object being read
}

// readJSON reads node-link JSON, as networkx and d3 write it: an object with
// "nodes" and "links" or "edges", perhaps "directed". It also reads objects
// with "source" and "target", one a line or in an array, and among them objects
// with "id", which are nodes.
func readJSON(r io.Reader, name string) (*Graph, error) {
	in := &rationed{r: r, left: maxToken}
	text := bufio.NewReader(in)
	if bom, _ := text.Peek(3); string(bom) == "\ufeff" {
		_, _ = text.Discard(3)
	}
	g := &jsonGraph{builder: newBuilder("label", "name"), name: name, in: in, d: json.NewDecoder(text)}
	if err := g.documents(); err != nil {
		return nil, err
	}
	if g.listed {
		if err := g.unknown(g.link1); err != nil {
			return nil, err
		}
	} else if g.ordered == 0 {
		g.byNumber()
	}
	return g.graph(name)
}

// link1 is the place of a link.
func (g *jsonGraph) link1(n int) string { return fmt.Sprintf("%s: link %d", g.name, n) }

// documents reads the values at the top of the file.
func (g *jsonGraph) documents() error {
	for n := 0; ; n++ {
		t, err := g.token()
		switch {
		case errors.Is(err, io.EOF) && n > 0:
			return nil
		case errors.Is(err, io.EOF):
			return fmt.Errorf("%s: the file ends before its first value", g.name)
		case err != nil:
			return err
		case t == json.Delim('{') && (n == 0 || !g.listed && g.records > 0):
			err = g.top()
		case t == json.Delim('[') && n == 0:
			err = g.array("element", g.record)
		default:
			err = g.failf("%s, want one object with nodes and links, or objects with source and target", quote(fmt.Sprint(t)))
		}
		if err != nil {
			return err
		}
	}
}

// failf is an error at the place the decoder is at.
func (g *jsonGraph) failf(format string, args ...any) error {
	return fmt.Errorf("%s: byte %d: %w", g.name, g.d.InputOffset(), fmt.Errorf(format, args...))
}

func (g *jsonGraph) token() (json.Token, error) {
	g.in.left = maxToken
	t, err := g.d.Token()
	return t, g.reason(err)
}

// inner is token inside of a value, where the file must not end.
func (g *jsonGraph) inner() (json.Token, error) {
	t, err := g.token()
	if errors.Is(err, io.EOF) {
		err = g.reason(io.ErrUnexpectedEOF)
	}
	return t, err
}

// reason words an error of package json.
func (g *jsonGraph) reason(err error) error {
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return g.failf("the file ends inside of a value: it may be cut off")
	}
	return g.failf("%s", strings.TrimPrefix(err.Error(), "json: "))
}

// value reads the next value whole.
func (g *jsonGraph) value() (json.RawMessage, error) {
	g.in.left = maxToken
	var raw json.RawMessage
	err := g.d.Decode(&raw)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err == nil && !utf8.Valid(raw) {
		return nil, g.failf("%s is not UTF-8, want text in UTF-8", quote(string(bytes.ToValidUTF8(raw, []byte("?")))))
	}
	return raw, g.reason(err)
}

// top reads the rest of an object at the top of the file.
func (g *jsonGraph) top() error {
	lists := false
	var record []jsonPair
	for g.d.More() {
		t, err := g.inner()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		switch key {
		case "nodes", "links", "edges":
			if lists = true; key == "nodes" {
				g.listed = true
				err = g.open(key, g.node1)
			} else {
				err = g.open(key, g.edge1)
			}
		default:
			p := jsonPair{key: key}
			p.value, err = g.value()
			if key == "directed" && err == nil {
				err = g.way(string(p.value))
			}
			record = append(record, p)
		}
		if err != nil {
			return err
		}
	}
	if _, err := g.inner(); err != nil {
		return err
	}
	if lists {
		return nil
	}
	for _, p := range record {
		if p.key == "adjacency" || p.key == "elements" {
			return g.failf("JSON of another layout (%q), want an object with nodes and links", p.key)
		}
	}
	return g.recordOf(record)
}

// way reads the value of "directed", which has to stand before the links.
func (g *jsonGraph) way(value string) error {
	if value != "true" && value != "false" {
		return g.failf("directed = %s, want true or false", quote(value))
	}
	if len(g.src) > 0 && value == "true" {
		return g.failf("directed = true after the links, want it before")
	}
	g.directed = value == "true"
	return nil
}

// open reads the array that is the value of key.
func (g *jsonGraph) open(key string, f func(raw json.RawMessage, n int) error) error {
	t, err := g.inner()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		return g.failf("%q is %s, want an array", key, quote(fmt.Sprint(t)))
	}
	return g.array(key, f)
}

// array calls f with each element of an array, counted from 1.
func (g *jsonGraph) array(key string, f func(raw json.RawMessage, n int) error) error {
	for n := 1; g.d.More(); n++ {
		raw, err := g.value()
		if err != nil {
			return err
		}
		if len(raw) == 0 || raw[0] != '{' {
			return g.failf("%s %d = %s, want an object", key, n, quote(string(raw)))
		}
		if err := f(raw, n); err != nil {
			return err
		}
	}
	_, err := g.inner()
	return err
}
