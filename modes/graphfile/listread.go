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
	p := (&listLayout{delim: " ", weight: -1, kind: -1}).parser(l.name)
	if p.parse(b); b.err != nil {
		return b.err
	}
	l.add(b.listTally)
	l.release(b)
	l.fill()
	return nil
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
	if len(b.src) == 0 {
		return nil
	}
	l.ids.edges += len(b.src)
	if l.ids.edges > math.MaxInt32/2 {
		return fmt.Errorf("%s:%d: more than %d edges", l.name, b.line, math.MaxInt32/2)
	}
	l.blocks = append(l.blocks, b)
	return l.ids.take(b, l.blocks)
}

// fill reads until left has a whole block or the input ends.
func (l *edgeList) fill() {
	have := len(l.left)
	var buf []byte
	select {
	case buf = <-l.free:
	default:
		buf = make([]byte, l.size+maxLine)
	}
	copy(buf, l.left)
	for have < len(buf) && l.end == nil {
		n, err := l.r.Read(buf[have:])
		have += n
		l.end = err
	}
	l.buf, l.left = buf, buf[:have]
}

// release lets the memory of a block's text be used for another one. A block
// that another one was cut from after the end of the input has none.
func (l *edgeList) release(b *listBlock) {
	if b.buf != nil {
		select {
		case l.free <- b.buf:
		default:
		}
	}
	b.text, b.buf = nil, nil
}

// next cuts a block of whole lines off what was read; nil at the end, with the
// error if there was one.
func (l *edgeList) next() (*listBlock, error) {
	if l.end == nil && len(l.left) < l.size+maxLine {
		l.fill()
	}
	if len(l.left) == 0 {
		if l.end == nil || errors.Is(l.end, io.EOF) {
			return nil, nil
		}
		return nil, l.cutOff()
	}
	cut := len(l.left)
	if l.end == nil || !errors.Is(l.end, io.EOF) || cut > l.size {
		mark := byte('\n')
		if l.oldMac {
			mark = '\r'
		}
		cut = 1 + bytes.LastIndexByte(l.left[:min(l.size, len(l.left))], mark)
		if cut == 0 {
			cut = 1 + bytes.IndexByte(l.left, mark)
		}
		if cut == 0 && l.end == nil || cut > l.size+maxLine {
			return nil, l.longLine()
		}
		if cut == 0 && errors.Is(l.end, io.EOF) {
			cut = len(l.left)
		}
		if cut == 0 {
			return nil, l.cutOff()
		}
	}
	b := &listBlock{text: l.left[:cut:cut], line: l.line, buf: l.buf}
	l.buf = nil
	l.left = l.left[cut:]
	lineEnds(b.text)
	b.count = bytes.Count(b.text, []byte{'\n'})
	l.line += b.count
	if b.text[cut-1] != '\n' {
		b.count++
	}
	return b, nil
}

// cutOff words an error of the input.
func (l *edgeList) cutOff() error {
	return fmt.Errorf("%s:%d: cannot be read, the file may be cut off: %w", l.name, l.line, l.end)
}

// lineEnds makes line feeds of the carriage returns that stand alone.
func lineEnds(text []byte) {
	for i := 0; ; i++ {
		p := bytes.IndexByte(text[i:], '\r')
		if p < 0 {
			return
		}
		i += p
		if i+1 == len(text) || text[i+1] != '\n' {
			text[i] = '\n'
		}
	}
}
