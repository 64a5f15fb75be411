package graphfile

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// xmlScan reads an XML file by its elements. Entities that the file declares
// are refused, not expanded; depth and the size of a token are bounded.
type xmlScan struct {
	name  string
	d     *xml.Decoder
	in    *rationed
	depth int
}

func newXMLScan(r io.Reader, name string) *xmlScan {
	in := &rationed{r: r, left: maxToken}
	s := &xmlScan{name: name, d: xml.NewDecoder(in), in: in}
	s.d.CharsetReader = XMLCharset
	return s
}

// XMLCharset reads XML of the encoding that its first line names as UTF-8, for
// [xml.Decoder.CharsetReader]. Text of UTF-16 has to be UTF-8 already: what can say
// so in single bytes was decoded before.
func XMLCharset(label string, in io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return in, nil
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("encoding %s is not known, want UTF-8", quote(label))
	}
	return e.NewDecoder().Reader(in), nil
}

// errRation is what a token longer than maxToken gives.
var errRation = fmt.Errorf("an element or text of more than %d bytes", maxToken)

// rationed errs where more than left bytes are read before left is renewed.
type rationed struct {
	r    io.Reader
	left int
}

func (r *rationed) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, errRation
	}
	n, err := r.r.Read(b)
	r.left -= n
	return n, err
}

// line is where the scan stands.
func (s *xmlScan) line() int {
	line, _ := s.d.InputPos()
	return line
}

// failf is an error at the current line.
func (s *xmlScan) failf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", s.name, s.line(), fmt.Errorf(format, args...))
}

// token is the next start, end or text; io.EOF at the end.
func (s *xmlScan) token() (xml.Token, error) {
	s.in.left = maxToken
	t, err := s.d.Token()
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case err != nil:
		return nil, s.failf("%s", xmlReason(err))
	}
	switch t.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > maxDepth {
			return nil, s.failf("elements %d deep, want at most %d", s.depth, maxDepth)
		}
	case xml.EndElement:
		s.depth--
	}
	return t, nil
}

// xmlReason words an error of package xml.
func xmlReason(err error) string {
	var syntax *xml.SyntaxError
	if !errors.As(err, &syntax) {
		return err.Error()
	}
	reason := syntax.Msg
	switch {
	case strings.Contains(reason, "unexpected EOF"):
		reason += ": the file may be cut off"
	case strings.Contains(reason, "invalid UTF-8"):
		reason += `, want UTF-8, or the name of the encoding in the first line, as in <?xml version="1.0" encoding="ISO-8859-1"?>`
	}
	return reason
}

// children calls f with each element directly inside the one whose start was
// read last. f reads it to its end, or leaves it whole to be skipped.
func (s *xmlScan) children(f func(e xml.StartElement) error) error {
	depth := s.depth
	for {
		t, err := s.token()
		if errors.Is(err, io.EOF) {
			return s.failf("the file ends inside of an element: it may be cut off")
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if s.depth < depth {
				return nil
			}
		case xml.StartElement:
			if s.depth > depth+1 {
				continue // inside of an element that f left
			}
			if err := f(t.Copy()); err != nil {
				return err
			}
		}
	}
}

// content is the text of the element whose start was read last; nested says
// that it has elements inside, which are left out.
func (s *xmlScan) content() (words string, nested bool, err error) {
	var text bytes.Buffer
	depth := s.depth
	for s.depth >= depth {
		t, err := s.token()
		if errors.Is(err, io.EOF) {
			return "", false, s.failf("the file ends inside of an element: it may be cut off")
		}
		if err != nil {
			return "", false, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			nested = true
		case xml.CharData:
			if text.Len()+len(t) > maxToken {
				return "", false, s.failf("%w", errRation)
			}
			text.Write(t)
		}
	}
	return text.String(), nested, nil
}

// root is the first element, which has to have the given name.
func (s *xmlScan) root(want string) error {
	for {
		t, err := s.token()
		if errors.Is(err, io.EOF) {
			return s.failf("no element, want <%s>", want)
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if e.Name.Local != want {
				return s.failf("<%s>, want <%s>", e.Name.Local, want)
			}
			return nil
		}
	}
}

// finish reads the file to its end, where nothing more may stand.
func (s *xmlScan) finish() error {
	for {
		t, err := s.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			return s.failf("<%s> after the end of the graph's element", e.Name.Local)
		}
	}
}

// attr is an attribute of an element, "" where it has none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// sniffXML says whether the first element of an XML file has the given name.
func sniffXML(name string) func(head []byte) bool {
	return func(head []byte) bool { return firstElement(head) == name }
}

// firstElement is the name of the first element in head, "" where none is.
func firstElement(head []byte) string {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(head))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		t, err := d.Token()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}
