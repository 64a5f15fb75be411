package stream

import (
	"sync"

	"github.com/graphpool/graphpool/ops/host"
)

// aheadOfALane is how many blocks, for each lane, may be worked on or wait for
// their turn.
const aheadOfALane = 4

// turns lets several lanes work on blocks at a time, and tells what they gave in
// the order of the blocks.
type turns[T any] struct {
	each func(b int, x T) error

	mu     sync.Mutex
	moved  sync.Cond
	take   int // the next block to work on
	told   int // the next block to tell of
	end    int
	ahead  int               // how far take may be in front of told
	ready  map[int]result[T] // worked on, not told of yet
	failed bool
	err    error // that of the first block that met one
}

type result[T any] struct {
	x   T
	err error
}

// inOrder calls work on the blocks, in so many lanes at a time, and each with
// what it gave in the order of the blocks, one after the other. In a lane
// kernels run on one thread. Where work or each errs, the error of the first
// such block is returned, and each is called on none behind it.
func inOrder[T any](in Blocks, lanes int, work func(lane, b int) (T, error), each func(b int, x T) error) error {
	t := &turns[T]{each: each, take: in.From, told: in.From, end: in.To, ahead: aheadOfALane * lanes, ready: map[int]result[T]{}}
	t.moved.L = &t.mu
	host.Blocks(lanes, func(lane int) {
		ended := false
		defer func() { // others must not wait for a lane that panics
			if !ended {
				t.stop()
			}
		}()
		for b, ok := t.next(); ok; b, ok = t.next() {
			x, err := work(lane, b)
			t.tell(b, x, err)
		}
		ended = true
	})
	return t.err
}

// next is a block to work on, false where none is left.
func (t *turns[T]) next() (b int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.take-t.told >= t.ahead && !t.failed {
		t.moved.Wait()
	}
	if t.failed || t.take >= t.end {
		return 0, false
	}
	t.take++
	return t.take - 1, true
}

// tell takes what a block gave, and tells of all blocks whose turn it is.
func (t *turns[T]) tell(b int, x T, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ready[b] = result[T]{x, err}
	for r, ok := t.ready[t.told]; ok && !t.failed; r, ok = t.ready[t.told] {
		delete(t.ready, t.told)
		if r.err == nil {
			r.err = t.each(t.told, r.x)
		}
		t.told++
		if r.err != nil {
			t.failed, t.err = true, r.err
		}
	}
	t.moved.Broadcast()
}

// stop lets no lane take another block.
func (t *turns[T]) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed = true
	t.moved.Broadcast()
}
