package graphfile

import (
	"encoding/xml"
	"strings"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// xmlWant is what the names of an XML format have to be.
const xmlWant = "text without control characters"

// xmlHolds says whether XML can hold a text.
func xmlHolds(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	})
}

// xmlEscape writes text so that it can stand in an element or an attribute.
func xmlEscape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not err
	return b.String()
}
