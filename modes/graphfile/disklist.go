package graphfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// errNames says that a list has names, whose order of appearance is that of
// the nodes.
var errNames = errors.New("node ids that are no whole numbers")

// pass gives the edges of a block of numbers away.
func (l *edgeList) pass(b *listBlock) error {
	if b.names != nil {
		return errNames
	}
	l.ids.edges += len(b.src)
	l.ids.most = max(l.ids.most, b.most)
	b.orient() // numbers rise as their places do
	return l.sink(b)
}

// spill is edges in a file, in the order of the list.
type spill struct {
	f     *os.File
	w     *bufio.Writer
	heavy bool // with weights
	b     []byte
}

func newSpill(dir string) (*spill, error) {
	f, err := passing(dir)
	if err != nil {
		return nil, err
	}
	return &spill{f: f, w: bufio.NewWriterSize(f, 1<<20)}, nil
}

// put appends the edges of a block.
func (s *spill) put(b *listBlock) error {
	s.heavy = b.w != nil
	s.b = s.b[:0]
	for e, i := range b.src {
		s.b = binary.LittleEndian.AppendUint32(s.b, i)
		s.b = binary.LittleEndian.AppendUint32(s.b, b.dst[e])
		if s.heavy {
			s.b = binary.LittleEndian.AppendUint32(s.b, math.Float32bits(b.w[e]))
		}
	}
	_, err := s.w.Write(s.b)
	return err
}

// each calls f with some edges at a time, from the first on.
func (s *spill) each(f func(src, dst []uint32, w []float32) error) error {
	if err := s.w.Flush(); err != nil {
		return err
	}
	if _, err := s.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	size := 8
	if s.heavy {
		size = 12
	}
	b := make([]byte, size<<16)
	src, dst, w := make([]uint32, 0, 1<<16), make([]uint32, 0, 1<<16), make([]float32, 0, 1<<16)
	for {
		n, err := io.ReadFull(s.f, b)
		src, dst, w = src[:0], dst[:0], w[:0]
		for r := b[:n]; len(r) > 0; r = r[size:] {
			src, dst = append(src, binary.LittleEndian.Uint32(r)), append(dst, binary.LittleEndian.Uint32(r[4:]))
			if s.heavy {
				w = append(w, math.Float32frombits(binary.LittleEndian.Uint32(r[8:])))
			}
		}
		if len(src) > 0 {
			if err := f(src, dst, w); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readList reads an edge list that is not packed.
func (g *DiskGraph) readList(in *bufio.Reader, name, dir string, o Options) (why string, err error) {
	s, err := newSpill(dir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, forget(s.f)) }()
	l := &edgeList{name: name, opts: o, r: in, sink: s.put}
	if err := l.read(); errors.Is(err, errNames) {
		return errNames.Error(), nil
	} else if err != nil {
		return "", err
	}
	if err := g.sortList(l, s, dir); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return "", nil
}

// sortList makes the graph of the edges of a list that were put into s.
func (g *DiskGraph) sortList(l *edgeList, s *spill, dir string) error {
	if l.ids.edges == 0 {
		return fmt.Errorf("no edges in the file, want one a line: node node [weight]")
	}
	if err := believed("--nodes", l.opts.Nodes, l.ids.edges); err != nil {
		return err
	}
	nodes, set, names, said, err := l.settleNumbers(s)
	if err != nil {
		return err
	}
	if g.disk, err = newDiskRows(dir, nodes, 2*int64(l.ids.edges), g.bucket, s.heavy); err != nil {
		return err
	}
	err = s.each(func(src, dst []uint32, w []float32) error {
		if set != nil {
			set.replace(src)
			set.replace(dst)
		}
		for e, i := range src {
			weight := float32(1)
			if s.heavy {
				weight = w[e]
			}
			if err := g.disk.add(i, dst[e], weight); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = g.disk.merge(names)
	}
	if err != nil {
		return err
	}
	g.Entries, g.Weighted = g.disk.entries, g.disk.weighted
	g.Graph = l.described(nodes, l.ids.edges, names, said, g.disk.list())
	g.Graph.Changes = append(g.Graph.Changes, l.countFromOne(g.disk.first, g.disk.last)...)
	return nil
}

// settleNumbers is nodeIDs.settle for edges in a file: set gives the numbers
// their places, and is nil where they are these already.
func (l *edgeList) settleNumbers(s *spill) (nodes int, set *rankSet, names, said []string, err error) {
	if l.opts.Nodes > 0 {
		nodes, names, said, err = l.ids.settle(nil, 1, l.opts.Nodes)
		return nodes, nil, names, said, err
	}
	set = newRankSet(int(l.ids.most) + 1)
	err = s.each(func(src, dst []uint32, _ []float32) error {
		set.mark(src)
		set.mark(dst)
		return nil
	})
	ids := set.count(nil)
	if err == nil && len(ids) > maxListNodes {
		err = fmt.Errorf("more than %d nodes", maxListNodes)
	}
	if err != nil {
		return 0, nil, nil, nil, err
	}
	return len(ids), set, numerals(ids), gaps(ids), nil
}
