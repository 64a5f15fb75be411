package graphfile

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxToken bounds a word, a text or an element of a format that is read by
// them, in bytes.
const maxToken = 1 << 24

// maxDepth bounds how deep lists and elements lie in each other.
const maxDepth = 100

// gmlToken is a key, a value or a bracket.
type gmlToken struct {
	text   string
	quoted bool
	line   int
}

// gmlScan splits a GML file into tokens.
type gmlScan struct {
	name string
	r    *bufio.Reader
	line int
	buf  []byte
}

func newGMLScan(r io.Reader, name string) *gmlScan {
	return &gmlScan{name: name, r: bufio.NewReaderSize(r, 1<<16), line: 1}
}

func (s *gmlScan) failf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", s.name, line, fmt.Errorf(format, args...))
}

// next is the next token, io.EOF at the end.
func (s *gmlScan) next() (gmlToken, error) {
	for {
		c, err := s.r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return gmlToken{}, io.EOF
		case err != nil:
			return gmlToken{}, s.failf(s.line, "cannot be read, the file may be cut off: %w", err)
		case c == '\n':
			s.line++
		case c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f':
		case c == '#':
			if err := s.until('\n'); err != nil && !errors.Is(err, io.EOF) {
				return gmlToken{}, err
			}
			s.line++
		case c == '[' || c == ']':
			return gmlToken{text: string(c), line: s.line}, nil
		case c == '"':
			return s.quoted()
		default:
			return s.word(c)
		}
	}
}

// until fills buf up to the byte end, which it leaves out.
func (s *gmlScan) until(end byte) error {
	s.buf = s.buf[:0]
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return err
		}
		if c == end {
			return nil
		}
		if s.buf = append(s.buf, c); len(s.buf) > maxToken {
			return s.failf(s.line, "a text of more than %d bytes", maxToken)
		}
	}
}

func (s *gmlScan) quoted() (gmlToken, error) {
	t := gmlToken{quoted: true, line: s.line}
	if err := s.until('"'); errors.Is(err, io.EOF) {
		return t, s.failf(t.line, "a text in quotes without its end: the file may be cut off")
	} else if err != nil {
		return t, err
	}
	if !utf8.Valid(s.buf) {
		return t, s.failf(t.line, "%s is not UTF-8, want text in UTF-8", quote(strings.ToValidUTF8(string(s.buf), "?")))
	}
	s.line += strings.Count(string(s.buf), "\n")
	t.text = gmlText(string(s.buf))
	return t, nil
}

func (s *gmlScan) word(c byte) (gmlToken, error) {
	s.buf = append(s.buf[:0], c)
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			break
		}
		if strings.IndexByte(" \t\r\n\v\f[]\"#", c) >= 0 {
			if err := s.r.UnreadByte(); err != nil {
				return gmlToken{}, err
			}
			break
		}
		if s.buf = append(s.buf, c); len(s.buf) > 1<<16 {
			return gmlToken{}, s.failf(s.line, "a word of more than %d bytes", 1<<16)
		}
	}
	if !utf8.Valid(s.buf) {
		return gmlToken{}, s.failf(s.line, "%s is not UTF-8, want text in UTF-8", quote(strings.ToValidUTF8(string(s.buf), "?")))
	}
	return gmlToken{text: string(s.buf), line: s.line}, nil
}

// gmlText decodes the entities of a text, such as &quot; and &#228;. What is
// none stays.
func gmlText(s string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "&")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		end := strings.IndexByte(rest, ';')
		decoded, ok := "", false
		if end > 0 && end < 40 {
			decoded, ok = gmlEntity(rest[:end])
		}
		if !ok {
			out.WriteByte('&')
			s = rest
			continue
		}
		out.WriteString(decoded)
		s = rest[end+1:]
	}
}

// gmlEntity decodes what stands between & and ;.
func gmlEntity(name string) (string, bool) {
	digits, numbered := strings.CutPrefix(name, "#")
	if !numbered {
		s := html.UnescapeString("&" + name + ";")
		return s, !strings.HasPrefix(s, "&") || s == "&"
	}
	base := 10
	if d, hex := strings.CutPrefix(strings.ToLower(digits), "x"); hex {
		digits, base = d, 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}
