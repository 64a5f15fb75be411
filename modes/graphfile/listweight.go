package graphfile

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// weighted tells whether edges have weights.
func (l *listLayout) weighted() bool { return l.weight >= 0 || l.dict || l.matrix }

// weightOf is the weight of the edge with the fields f.
func (p *listParser) weightOf(f [][]byte) (float32, error) {
	var s []byte
	if p.dict {
		var err error
		if s, err = dictWeight(p.s.attrs); err != nil {
			return 0, err
		}
		if s == nil {
			p.b.weightless++
			return 1, nil
		}
	} else {
		if p.weight >= len(f) {
			return 0, errFields
		}
		s = p.uncommented(f, p.weight)
	}
	return p.number(s)
}

// number reads a weight.
func (p *listParser) number(s []byte) (float32, error) {
	if w, ok := shortDecimal(s); ok && !p.comma {
		return w, nil
	}
	return p.longWeight(string(s))
}

// shortDecimal reads a number of at most 15 digits, a point among them or not,
// which float64 computes exactly.
func shortDecimal(s []byte) (float32, bool) {
	if len(s) == 0 || len(s) > 16 {
		return 0, false
	}
	var n uint64
	point := -1
	for i, c := range s {
		switch {
		case c-'0' <= 9:
			n = 10*n + uint64(c-'0')
		case c == '.' && point < 0 && len(s) > 1:
			point = i
		default:
			return 0, false
		}
	}
	if point < 0 {
		return float32(n), len(s) < 16
	}
	return float32(float64(n) / powersOf10[len(s)-1-point]), true
}

var powersOf10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// longWeight reads any weight, and says what is wrong with one that is none.
func (p *listParser) longWeight(s string) (float32, error) {
	plain := s
	if strings.Contains(s, ",") {
		if !p.comma {
			return 0, fmt.Errorf("weight %s has a comma, want a number such as 0.5, or --decimal comma where the comma is a decimal one", quote(s))
		}
		plain = strings.Replace(s, ",", ".", 1)
	} else if p.comma && strings.Contains(s, ".") {
		return 0, fmt.Errorf("weight %s has a point, want a decimal comma (--decimal comma)", quote(s))
	}
	if strings.ContainsAny(plain, "xX_") {
		plain = "" // Go's own ways to write numbers
	}
	w, err := parseWeight(plain)
	if err == nil {
		return w, nil
	}
	if _, bad := strconv.ParseFloat(plain, 64); bad != nil && !errors.Is(bad, strconv.ErrRange) {
		return 0, fmt.Errorf("weight %s is not a number%s", quote(s), p.leaveOut())
	}
	return 0, err
}

// leaveOut names the flag that reads no weights.
func (l *listLayout) leaveOut() string {
	if l.dict || l.asked || l.matrix {
		return ""
	}
	return fmt.Sprintf("; --columns %s leaves weights out", strings.Join([]string{l.columnName(l.src), l.columnName(l.dst)}, ","))
}

// dictWeight finds the weight in a dictionary as Python writes it,
// {'weight': 3.0, 'color': 'red'}; nil where it has none.
func dictWeight(attrs []byte) ([]byte, error) {
	for _, key := range []string{"'weight':", `"weight":`} {
		_, after, ok := bytes.Cut(attrs, []byte(key))
		if !ok {
			continue
		}
		end := bytes.IndexAny(after, ",}")
		if end < 0 {
			return nil, fmt.Errorf("%s, want {'weight': 1.0}", quoteBytes(attrs))
		}
		return trim(after[:end]), nil
	}
	return nil, nil
}

// quoteBytes is quote for bytes that need not be UTF-8.
func quoteBytes(b []byte) string {
	if len(b) > 60 {
		return strconv.Quote(string(b[:57]) + "...")
	}
	return strconv.Quote(string(b))
}

// isInteger tells whether a number is whole.
func isInteger(v float64) bool { return v == math.Trunc(v) }
