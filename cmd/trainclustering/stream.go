package main

import (
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// stream is the value of --out for standard output.
const stream = "-"

// hasFolder tells whether files are written.
func (o trainOptions) hasFolder() bool { return o.Out != "" && o.Out != stream }

// readFormats reads the words of --formats, each once.
func readFormats(r *flagReader, name string) []string {
	var out []string
	for _, word := range strings.Split(r.get(name), ",") {
		word = strings.TrimSpace(word)
		if !slices.Contains(formatNames(), word) {
			r.wrong(name, "some of "+text.List(formatNames(), "and")+" with commas between them",
				text.DidYouMean(strings.ToLower(word), "", formatNames()))
			return nil
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

// checkStream refuses what does not go to standard output.
func (o trainOptions) checkStream(r *flagReader) {
	if o.Out != stream || r.fault != nil {
		return
	}
	switch {
	case o.JSON:
		r.fault = usagef("--out - and --json, want one of them: both write to standard output")
	case len(o.Formats) != 1 || formatNamed(o.Formats[0]).kind == "":
		r.wrong("formats", "one of csv, tsv, json, clu and tree beside --out -", "")
	}
}
