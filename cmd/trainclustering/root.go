package main

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// rootHelp is the page of the command itself.
func rootHelp() string {
	return flags.Page{
		Title: "trainclustering: cluster the nodes of a graph",
		About: "A small graph neural network is trained with a pooling loss (" + methodTitles() +
			") until its soft assignments are the clusters. No labels are needed.",
		Usage: []string{
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
		Examples: []string{
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

// shellLine writes a command line so that a shell reads it back, its program
// by its name.
func shellLine(args []string) string {
	words := []string{"trainclustering"}
	for _, a := range args[min(1, len(args)):] {
		plain := a != "" && !strings.ContainsFunc(a, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./,=:+@%", r))
		})
		if !plain {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}
