package graphfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

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
