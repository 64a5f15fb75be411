package main

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// rootHelp is the page of the command itself.
func rootHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering: cluster the nodes of a graph",
		About: "A small graph neural network is trained with a pooling loss (" + methodTitles() +
			") until its soft assignments are the clusters. No labels are needed.",
		Usage: []string{"trainclustering [COMMAND] [flags]"},
		Commands: []flags.Row{
			{Text: "without a command: cluster Zachary's karate club"},
			{Name: "train [flags]", Text: "cluster a graph"},
			{Name: "generate KIND [flags]", Text: "write a graph with planted clusters"},
			{Name: "datasets [NAME...]", Text: "list benchmark graphs, or download them"},
			{Name: "info FILE", Text: "show how a graph file is read"},
			{Name: "convert IN OUT", Text: "convert a graph file to another format"},
			{Name: "shard [flags]", Text: "write a graph as a store on disk, for graphs larger than memory"},
			{Name: "evaluate ASSIGNMENTS", Text: "measure the clusters in a file"},
			{Name: "predict [flags]", Text: "cluster a graph with a trained model"},
			{Name: "compare [flags]", Text: "compare methods on a graph"},
			{Name: "completion SHELL", Text: "print a shell completion script"},
			{Name: "version", Text: "print the version"},
		},
		Examples: []string{
			"trainclustering train --data cora.npz --k 16 --out cora",
			"trainclustering train --data friends.csv --method mincut --k 8",
			"trainclustering generate sbm --nodes 1000 --clusters 4 --out sbm.npz",
			"trainclustering train --data sbm.npz --k 4 --restarts 5",
		},
		Flags: []flags.Group{{Title: "Flags", Rows: []flags.Row{
			{Name: "version", Kind: flags.NoValue, Text: "print only the version"},
		}}},
		Notes: []string{
			"COMMAND --help shows the help of a command. NO_COLOR turns colours off. COLUMNS sets the width of these pages.",
			"Exit status: 0 done, 1 failed, 2 error in the command line, 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.",
		},
		Column: 26,
	}
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
