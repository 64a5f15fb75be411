package config

import (
	"encoding"
	"encoding/json"
	"strings"
)

// What configurations said before version 1 is read for good, and here alone:
// classes had underscores (mincut_pool), and some choices had other words.

// SameClass tells whether a configuration's class is that of a layer.
func SameClass(written, class string) bool {
	return strings.ReplaceAll(written, "_", "") == class
}

// AddFormerOptions adds to the fields of a configuration the options that its
// layer did not have when it was written, as it behaved then.
func AddFormerOptions(class string, fields map[string]json.RawMessage) {
	var link map[string]json.RawMessage
	if !SameClass(class, "diffpool") || json.Unmarshal(fields["link"], &link) != nil || link == nil {
		return
	}
	if _, ok := link["per_pair"]; ok {
		return
	}
	link["per_pair"] = json.RawMessage("false")
	if data, err := json.Marshal(link); err == nil {
		fields["link"] = data
	}
}

// formerWords is what the words of a choice that are gone are now.
func formerWords(word string) string {
	switch word {
	case "raw", "none": // of Coarse, of modes.Kind
		return "unnormalized"
	case "valid": // of losses.Count
		return "nodes"
	case "padded":
		return "rows"
	}
	return word
}

// decodeText sets a choice by its word, or else by the word that stands for
// it now. The error is that of the word as it is written.
func decodeText(v encoding.TextUnmarshaler, data []byte) error {
	var word string
	if err := json.Unmarshal(data, &word); err != nil {
		return err
	}
	err := v.UnmarshalText([]byte(word))
	if now := formerWords(word); err != nil && now != word && v.UnmarshalText([]byte(now)) == nil {
		return nil
	}
	return err
}
