// Command trainclustering clusters the nodes of a graph: it trains a small graph
// neural network with a pooling loss, such as that of DMoN or MinCut. It also
// measures and compares clusterings, converts graph files, and generates graphs
// with planted clusters. Without arguments it clusters Zachary's karate club,
// which is built in.
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
