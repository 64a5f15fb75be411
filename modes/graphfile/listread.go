package graphfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
)

const (
	// maxLine is the longest line of an edge list, in bytes.
	maxLine = 1 << 20
	// listBlockSize is how much of a list one worker reads at a time.
	listBlockSize = 1 << 20
	// maxListNodes bounds the nodes of a list: a node and a direction fit into
	// 31 bits.
	maxListNodes = MaxNodes
)

// edgeList gathers the edges of a list, block by block.
type edgeList struct {
	name   string
	opts   Options
	layout *listLayout
	blocks []*listBlock
	sink   func(b *listBlock) error // takes the edges in place of blocks; nil: none does
	ids    nodeIDs
	listTally

	r       io.Reader
	left    []byte // read, but not yet in a block
	end     error  // of r
	line    int    // of the first byte of left
	oldMac  bool   // lines end with carriage returns
	buf     []byte // that left is a part of
	free    chan []byte
	workers int
	size    int // of a block
}

// read reads the whole list.
func (l *edgeList) read() error {
	l.line = 1
	if l.size == 0 {
		l.size = listBlockSize
	}
	if l.workers == 0 {
		l.workers = runtime.GOMAXPROCS(0)
	}
	l.free = make(chan []byte, 8*l.workers)
	l.fill()
	if err := l.begin(); err != nil {
		return err
	}
	if l.workers == 1 || l.end != nil {
		return l.alone()
	}
	return l.together()
}

// begin looks at the first lines and decides the layout.
func (l *edgeList) begin() error {
	l.left = bytes.TrimPrefix(l.left, []byte("\ufeff"))
	l.oldMac = bytes.IndexByte(l.left, '\n') < 0 && bytes.IndexByte(l.left, '\r') >= 0
	for {
		s, err := l.sample()
		if err != nil {
			return err
		}
		if len(s.lines) == 0 && l.end == nil {
			if err := l.skip(); err != nil {
				return err
			}
			continue
		}
		if len(s.lines) == 0 && !errors.Is(l.end, io.EOF) {
			return l.cutOff()
		}
		if l.layout, err = layoutOf(s, l.opts); err != nil {
			return l.named(err)
		}
		return nil
	}
}

// sample is the first lines of what was read.
func (l *edgeList) sample() (*listSample, error) {
	first := l.left
	if bytes.IndexByte(first, '\r') >= 0 {
		first = bytes.Clone(first)
		lineEnds(first)
	}
	if p := bytes.IndexByte(first[:min(len(first), sniffed)], 0); p >= 0 {
		return nil, fmt.Errorf("%s:%d: not text, want an edge list", l.name, l.line+bytes.Count(first[:p], []byte{'\n'}))
	}
	if l.end == nil && bytes.IndexByte(first, '\n') < 0 {
		return nil, l.longLine()
	}
	return newSample(l.name, first, l.line, l.end != nil), nil
}

// skip leaves out a block without edges and reads on.
func (l *edgeList) skip() error {
	b, err := l.next()
	if err != nil {
		return err
	}
	p := (&listLayout{delim: " ", weight: -1, kind: -1, nodes: l.opts.Nodes}).parser(l.name)
	if p.parse(b); b.err != nil {
		return b.err
	}
	l.release(b)
	l.fill()
	return l.take(b)
}

func (l *edgeList) longLine() error {
	return fmt.Errorf("%s:%d: a line of more than %d bytes, want an edge list", l.name, l.line, maxLine)
}

// named puts the name of the file before an error that lacks it.
func (l *edgeList) named(err error) error {
	if bytes.HasPrefix([]byte(err.Error()), []byte(l.name+":")) {
		return err
	}
	return fmt.Errorf("%s: %w", l.name, err)
}

// alone reads all blocks in this goroutine.
func (l *edgeList) alone() error {
	p := l.layout.parser(l.name)
	for {
		b, err := l.next()
		if b == nil {
			return err
		}
		p.parse(b)
		l.release(b)
		if err := l.take(b); err != nil {
			return err
		}
	}
}

// together reads blocks by several workers and takes them in their order.
func (l *edgeList) together() error {
	order := make(chan *listBlock, 2*l.workers)
	jobs := make(chan *listBlock, 2*l.workers)
	stop := make(chan struct{})
	var readErr error
	for range l.workers {
		go func() {
			p := l.layout.parser(l.name)
			for b := range jobs {
				p.parse(b)
				l.release(b)
				close(b.done)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(jobs)
		for {
			b, err := l.next()
			if b == nil {
				readErr = err
				return
			}
			b.done = make(chan struct{})
			select {
			case <-stop:
				return
			case order <- b:
				jobs <- b
			}
		}
	}()
	var failed error
	for b := range order {
		<-b.done
		if failed == nil {
			if failed = l.take(b); failed != nil {
				close(stop)
			}
		}
	}
	if failed != nil {
		return failed
	}
	return readErr
}

// take adds a block that was read.
func (l *edgeList) take(b *listBlock) error {
	if b.err != nil {
		return b.err
	}
	l.add(b.listTally)
	if l.sink != nil {
		return l.pass(b)
	}
	others := l.blocks
	switch {
	case len(b.src) > 0:
		l.blocks = append(l.blocks, b)
	case len(b.names) == 0:
		return nil
	}
	l.ids.edges += len(b.src)
	l.ids.listed += b.listed
	if l.ids.edges > math.MaxInt32/2 {
		return fmt.Errorf("%s:%d: more than %d edges", l.name, b.line, math.MaxInt32/2)
	}
	return l.ids.take(b, others)
}
