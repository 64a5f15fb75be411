package main

import (
	"fmt"
	"io"
	"strings"
)

// progress shows how far the training is. stop is called once, at the end or
// on an error.
type progress interface {
	epoch(restart, epoch int, h history)
	stop()
}

// progress picks the display: a bar on a terminal, plain lines elsewhere, and
// nothing under --quiet.
func (p *program) progress(o trainOptions) progress {
	switch {
	case o.Quiet:
		return silent{}
	case p.terminal:
		return newBar(p.stderr, o.Restarts, o.Epochs)
	}
	return newLines(p.stderr, o.Restarts, o.Epochs)
}

type silent struct{}

func (silent) epoch(int, int, history) {}
func (silent) stop()                   {}

// lines writes ten lines a run, and the first epoch's.
type lines struct {
	w                io.Writer
	restarts, epochs int
	tenths           int // lines written so far, less the first
}

func newLines(w io.Writer, restarts, epochs int) *lines {
	return &lines{w: w, restarts: restarts, epochs: epochs}
}

func (l *lines) epoch(restart, epoch int, h history) {
	done, all := float64(restart*l.epochs+epoch), float64(l.restarts*l.epochs)
	tenths := int(10 * done / all)
	if tenths == l.tenths && (restart > 0 || epoch > 1) {
		return
	}
	l.tenths = tenths
	fmt.Fprintln(l.w, progressLine(restart, l.restarts, epoch, l.epochs, h))
}

func (l *lines) stop() {}

// progressLine says where the training is and what the losses are.
func progressLine(restart, restarts, epoch, epochs int, h history) string {
	var b strings.Builder
	if restarts > 1 {
		fmt.Fprintf(&b, "restart %*d/%d  ", len(fmt.Sprint(restarts)), restart+1, restarts)
	}
	row := h.Rows[len(h.Rows)-1]
	fmt.Fprintf(&b, "epoch %*d/%d  loss %8s", len(fmt.Sprint(epochs)), epoch, epochs, loss(row[len(row)-1]))
	for i, name := range h.Names {
		fmt.Fprintf(&b, "  %s %8s", name, loss(row[i]))
	}
	return b.String()
}
