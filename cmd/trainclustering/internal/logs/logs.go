// Package logs writes what the command tells beside its result, on standard
// error: as lines for people, or as one JSON object a line.
package logs

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// The formats of the log.
const (
	Text = "text" // a line for people: the message, and a hint on a second line
	JSON = "json" // an object a line: time, level, message, and fields
)

// Formats are the formats that New knows.
func Formats() []string { return []string{Text, JSON} }

// Hint is the field that the lines for people show below the message.
const Hint = "hint"

// New is a log in a format. Lines for people have the message alone, without
// the time and the fields; warnings and errors begin with the program's name.
func New(w io.Writer, format string) *slog.Logger {
	if format != JSON {
		return slog.New(lines{w})
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		switch {
		case len(groups) > 0:
		case a.Key == slog.MessageKey:
			a.Key = "message"
		case a.Key == slog.LevelKey:
			a.Value = slog.StringValue(strings.ToLower(a.Value.String()))
		}
		return a
	}}))
}

// Format finds the format that the words of a command line ask for, before they
// are parsed: a fault of theirs is told in it. The last one counts. A word that is
// no format is given back as wrong.
func Format(args []string) (format, wrong string) {
	format = Text
	for i, a := range args {
		name, value, has := strings.Cut(a, "=")
		switch {
		case a == "--":
			return format, wrong
		case strings.TrimPrefix(strings.TrimPrefix(name, "-"), "-") != "log-format" || !strings.HasPrefix(name, "-"):
			continue
		case !has && i+1 < len(args):
			value = args[i+1]
		}
		if slices.Contains(Formats(), value) {
			format = value
		} else {
			wrong = value
		}
	}
	return format, wrong
}

// lines writes for people.
type lines struct{ w io.Writer }

func (lines) Enabled(context.Context, slog.Level) bool { return true }

func (l lines) Handle(_ context.Context, r slog.Record) error {
	text := r.Message + "\n"
	if r.Level >= slog.LevelWarn {
		text = "trainclustering: " + text
	}
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == Hint {
			text += fmt.Sprintf("hint: %s\n", a.Value)
		}
		return true
	})
	_, err := io.WriteString(l.w, text)
	return err
}

// WithAttrs and WithGroup leave out what no line shows.
func (l lines) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l lines) WithGroup(string) slog.Handler      { return l }
