// Command trainclustering clusters the nodes of a graph by training a small
// graph neural network with a pooling loss (DMoN or MinCut), and generates
// graphs with planted clusters to try it on. Without arguments it clusters
// Zachary's karate club, which it carries inside.
package main

import (
	"os"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

func main() {
	os.Exit(realMain())
}

// realMain is main with its deferred calls done before the exit.
func realMain() int {
	ctx, stop := failure.UntilSignal()
	defer stop()
	p := &program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		style:    text.StyleFor(os.Stdout),
		terminal: text.IsTerminal(os.Stderr),
		width:    text.Width(os.Stdout),
		train:    model.NewTrainer(),
	}
	return p.run(ctx, os.Args)
}
