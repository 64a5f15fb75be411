package graphfile

import (
	"bytes"
	"encoding/json"
)

// jsonPair is a key of an object with its value.
type jsonPair struct {
	key   string
	value json.RawMessage
}

// splitObject appends the pairs of an object, in its order. raw is valid JSON,
// as a decoder gives it. The values are parts of raw.
func splitObject(to []jsonPair, raw json.RawMessage) []jsonPair {
	at := 1 // behind {
	for {
		at = skipBlanks(raw, at, " \t\r\n,")
		if at >= len(raw) || raw[at] != '"' {
			return to
		}
		end := jsonEnd(raw, at)
		p := jsonPair{}
		p.key, _ = jsonString(raw[at:end])
		at = skipBlanks(raw, end, " \t\r\n:")
		end = jsonEnd(raw, at)
		p.value = raw[at:end]
		to, at = append(to, p), end
	}
}

func skipBlanks(raw []byte, at int, blanks string) int {
	for at < len(raw) && bytes.IndexByte([]byte(blanks), raw[at]) >= 0 {
		at++
	}
	return at
}

// jsonEnd is the end of the value that begins at the given place.
func jsonEnd(raw []byte, at int) int {
	depth, quoted := 0, false
	for ; at < len(raw); at++ {
		switch c := raw[at]; {
		case quoted && c == '\\':
			at++
		case c == '"':
			if quoted = !quoted; !quoted && depth == 0 {
				return at + 1
			}
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth <= 0 {
				return at + depth + 1
			}
		case depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			return at
		}
	}
	return at
}

// jsonString decodes a text in quotes.
func jsonString(raw []byte) (s string, ok bool) {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), true
	}
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}
