package options

import (
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Stream is the value of --out for standard output.
const Stream = "-"

// HasFolder tells whether files are written.
func (o Train) HasFolder() bool { return o.Out != "" && o.Out != Stream }

// CheckFolder errs where the files cannot be written.
func (o Train) CheckFolder() error {
	if !o.HasFolder() {
		return nil
	}
	return outdir.Check(o.Out, o.OutputNames())
}

// readFormats reads the words of --formats, each once.
func readFormats(r *flags.Reader, name string) []string {
	var out []string
	for _, word := range strings.Split(r.Get(name), ",") {
		word = strings.TrimSpace(word)
		if !slices.Contains(FormatNames(), word) {
			r.Wrong(name, "some of "+text.List(FormatNames(), "and")+" with commas between them",
				text.DidYouMean(strings.ToLower(word), "", FormatNames()))
			return nil
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

// checkStream refuses what does not go to standard output.
func (o Train) checkStream(r *flags.Reader) {
	if o.Out != Stream || r.Fault != nil {
		return
	}
	switch {
	case o.JSON:
		r.Fault = failure.Usagef("--out - and --json, want one of them: both write to standard output")
	case len(o.Formats) != 1 || FormatNamed(o.Formats[0]).Kind == "":
		r.Wrong("formats", "one of csv, tsv, json, clu and tree beside --out -", "")
	}
}
