package graphfile

import (
	"bytes"
	"fmt"
)

// maxDot is the largest DOT file that is read, in bytes: its syntax tree takes
// many times as much.
const maxDot = 1 << 26

// maxChain bounds the edges of one chain a -- b -- c: the parser recurses.
const maxChain = 1 << 16

// dotShape goes through a DOT file by its tokens before it is parsed, and
// bounds what the parser does by recursion.
type dotShape struct {
	name         string
	b            []byte
	at, line     int
	depth, chain int
	word         bool // the token before was a word
}

// checkDot errs where subgraphs lie too deep, or chains are too long.
func checkDot(name string, b []byte) error {
	s := &dotShape{name: name, b: b, line: 1}
	for s.at < len(b) {
		if err := s.step(); err != nil {
			return fmt.Errorf("%s:%d: %w", name, s.line, err)
		}
	}
	return nil
}

// step goes over one token.
func (s *dotShape) step() error {
	rest := s.b[s.at:]
	switch c := rest[0]; {
	case c == '\n' || c == ' ' || c == '\t' || c == '\r':
		s.pass(1)
	case bytes.HasPrefix(rest, []byte("--")) || bytes.HasPrefix(rest, []byte("->")):
		s.pass(2)
		s.word = false
		if s.chain++; s.chain > maxChain {
			return fmt.Errorf("a chain of more than %d edges, want a ; or a new edge before", maxChain)
		}
	case c == '#' || bytes.HasPrefix(rest, []byte("//")):
		s.until("\n", 1)
	case bytes.HasPrefix(rest, []byte("/*")):
		s.until("*/", 2)
	case c == '"':
		s.quoted(rest)
	case c == '<':
		s.html(rest)
	case c == '{':
		s.pass(1)
		if s.depth++; s.depth > maxDepth {
			return fmt.Errorf("subgraphs %d deep, want at most %d", s.depth, maxDepth)
		}
		s.word = false
	case c == '}':
		s.pass(1)
		s.depth--
		s.word = true // it may be one end of an edge, as a word is
	case bytes.IndexByte([]byte(";,=:[]"), c) >= 0:
		if s.pass(1); c == ';' {
			s.chain = 0
		}
		s.word = false
	default:
		s.pass(s.length(rest))
		s.isWord()
	}
	return nil
}

// isWord notes a word: after another one a new statement begins.
func (s *dotShape) isWord() {
	if s.word {
		s.chain = 0
	}
	s.word = true
}

// length is that of a word without quotes.
func (s *dotShape) length(rest []byte) int {
	n := 1
	for n < len(rest) && bytes.IndexByte([]byte(" \t\r\n\"<{};,=:[]-#/"), rest[n]) < 0 {
		n++
	}
	return n
}

func (s *dotShape) pass(n int) {
	s.line += bytes.Count(s.b[s.at:s.at+n], []byte("\n"))
	s.at += n
}

// until passes everything up to the end of a comment.
func (s *dotShape) until(end string, from int) {
	rest := s.b[s.at:]
	n := bytes.Index(rest[from:], []byte(end))
	if n < 0 {
		s.pass(len(rest))
		return
	}
	s.pass(from + n + len(end))
}

func (s *dotShape) quoted(rest []byte) {
	n := 1
	for n < len(rest) && rest[n] != '"' {
		if rest[n] == '\\' {
			n++
		}
		n++
	}
	s.pass(min(n+1, len(rest)))
	s.isWord()
}

func (s *dotShape) html(rest []byte) {
	n, deep := 1, 1
	for ; n < len(rest) && deep > 0; n++ {
		switch rest[n] {
		case '<':
			deep++
		case '>':
			deep--
		}
	}
	s.pass(n)
	s.isWord()
}
