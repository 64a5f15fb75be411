package main

import (
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/progress"
)

// display is how the progress shows: as lines, or not under --quiet.
func (p *program) display(o options.Train) progress.Display {
	if o.Quiet {
		return progress.Silent{}
	}
	return progress.NewLines(p.log, 1, o.Epochs)
}
