package main

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// helpPage is the help of a command.
type helpPage struct {
	title    string
	about    string // a paragraph; "" for none
	usage    []string
	examples []string
	flags    []flagGroup
	column   int // where the flags' texts begin
}

// String is the page, at most columns wide.
func (h helpPage) String() string {
	var b strings.Builder
	b.WriteString(h.title + "\n")
	if h.about != "" {
		b.WriteString("\n" + strings.Join(text.Wrap(h.about, columns), "\n") + "\n")
	}
	indented := func(title string, lines []string) {
		b.WriteString("\n" + title + "\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	indented("Usage", h.usage)
	examples := "Examples"
	if len(h.examples) == 1 {
		examples = "Example"
	}
	indented(examples, h.examples)
	for _, group := range h.flags {
		var lines []string
		for _, r := range group.rows {
			lines = append(lines, r.lines(h.column-2)...)
		}
		indented(group.title, lines)
	}
	return b.String()
}

// lines are the flag and its text, which begins in a column: on the line of the
// flag where that leaves two blanks between them, else below it.
func (r flagRow) lines(column int) []string {
	head := r.head()
	var lines []string
	if len(head)+2 > column {
		lines, head = []string{head}, ""
	}
	for _, part := range text.Wrap(r.help(), columns-2-column) {
		lines = append(lines, text.PadRight(head, column)+part)
		head = ""
	}
	return lines
}

// rootHelp is the page of the command itself.
func rootHelp() string {
	return helpPage{
		title: "trainclustering: cluster the nodes of a graph",
		about: "A small graph neural network is trained with a pooling loss (" + methodTitles() +
			") until its soft assignments are the clusters. No labels are needed.",
		usage: []string{
			"trainclustering                         cluster Zachary's karate club",
			"trainclustering train [flags]           cluster a graph of yours",
			"trainclustering generate KIND [flags]   write a graph with planted clusters",
			"trainclustering datasets [NAME...]      list graphs to fetch, or fetch them",
			"trainclustering info FILE               say what a graph file is read as",
			"trainclustering convert IN OUT          write a graph file in another format",
			"trainclustering evaluate ASSIGNMENTS    say what clusters of a file are worth",
			"trainclustering predict [flags]         cluster a graph with a trained model",
			"trainclustering compare [flags]         methods beside each other",
			"trainclustering version                 print the version",
		},
		examples: []string{
			"trainclustering train --data cora.npz --k 16 --out cora",
			"trainclustering train --data friends.csv --method mincut --k 8",
			"trainclustering generate sbm --nodes 1000 --clusters 4 --out sbm.npz",
			"trainclustering train --data sbm.npz --k 4 --restarts 5",
		},
	}.String() + `
Flags
  --help, -h      this page; after a command, the page of that command
  --version, -v   print the version alone

Shell completion: trainclustering completion bash|zsh|fish|pwsh prints the
script; for bash: source <(trainclustering completion bash)

NO_COLOR turns colours off. Exit status: 0 done, 1 failed, 2 bad command line,
130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.
`
}

// methodTitles lists the methods by their titles.
func methodTitles() string {
	var titles []string
	for _, m := range model.Methods() {
		titles = append(titles, m.Title)
	}
	return text.List(titles, "or")
}
