package kernels

import (
	"runtime"
	"sync/atomic"
)

// A worker that has nothing to do looks for work this many times, with a pause
// of some tens of nanoseconds between looks, then goes to sleep: long enough to
// bridge the gap between two kernels of a training step, far too short to be
// seen as load.
const (
	looks       = 2000
	pauses      = 4
	looksAtRest = 64 // after this many looks, others may run
)

// maxWorkers bounds the tokens that wake sleeping workers.
const maxWorkers = 1024

// team is the goroutines that help the callers of Blocks. They are started when
// first needed and stay.
type team struct {
	busy   atomic.Bool         // a caller has the team
	job    atomic.Pointer[job] // what it works on
	size   int                 // workers started; the caller that has the team may change it
	lanes  []lane              // of the job: memory for the next one
	asleep atomic.Int32
	wake   chan struct{}
}

// crew is the team of this process.
var crew = team{wake: make(chan struct{}, maxWorkers)}

// job is one call of Blocks. Its blocks are dealt out in lanes of neighbours:
// each worker takes those of one lane in their order, then helps with the
// others. So memory is read in long runs, and a worker tends to meet the same
// rows from kernel to kernel, in its own cache.
type job struct {
	f      func(b int)
	lanes  []lane              // the first is the caller's
	seats  atomic.Int32        // workers that may still join; negative once closed
	left   atomic.Int32        // workers that joined and are done
	failed atomic.Pointer[any] // the value of the first panic
}

// lane is a range of blocks, alone on its line of the cache.
type lane struct {
	next atomic.Int64
	end  int64
	_    [48]byte
}

// newJob is a job of blocks 0..n-1 in so many lanes, for the caller and workers.
// All who joined the job before have left it, so its lanes are free.
func (t *team) newJob(f func(b int), n, workers, lanes int) *job {
	j := &job{f: f, lanes: *grow(&t.lanes, lanes)}
	for i := range j.lanes {
		j.lanes[i].next.Store(int64(i * n / len(j.lanes)))
		j.lanes[i].end = int64((i + 1) * n / len(j.lanes))
	}
	j.seats.Store(int32(workers))
	return j
}

// run calls f for the blocks 0..n-1 on the calling goroutine and up to workers
// others. It returns false, having done nothing, where the team is taken.
func (t *team) run(workers, n, lanes int, f func(b int)) bool {
	if !t.busy.CompareAndSwap(false, true) {
		return false
	}
	workers = min(workers, maxWorkers)
	for ; t.size < workers; t.size++ {
		go t.help(t.size + 1)
	}
	j := t.newJob(f, n, workers, lanes)
	t.job.Store(j)
	for range min(workers, int(t.asleep.Load())) {
		select {
		case t.wake <- struct{}{}:
		default:
		}
	}
	j.work(0)
	t.job.Store(nil)
	joined := int32(workers) - j.seats.Swap(-maxWorkers)
	for look := 1; j.left.Load() != joined; look++ {
		rest(look)
	}
	t.busy.Store(false)
	if r := j.failed.Load(); r != nil {
		panic(*r)
	}
	return true
}

// help works on one job after the other, on the lane of its number.
func (t *team) help(number int) {
	for {
		j := t.await()
		if s := j.seats.Load(); s > 0 && j.seats.CompareAndSwap(s, s-1) {
			j.work(number % len(j.lanes))
			j.left.Add(1)
		}
	}
}

// await returns a job that wants workers.
func (t *team) await() *job {
	for {
		for look := 1; look <= looks; look++ {
			if j := t.open(); j != nil {
				return j
			}
			rest(look)
		}
		t.asleep.Add(1)
		j := t.open()
		if j == nil {
			<-t.wake
		}
		t.asleep.Add(-1)
		if j != nil {
			return j
		}
	}
}

// open returns the job in progress if it wants workers.
func (t *team) open() *job {
	if j := t.job.Load(); j != nil && j.seats.Load() > 0 {
		return j
	}
	return nil
}

// rest waits a moment and lets others run now and then.
func rest(look int) {
	pause(pauses)
	if look%looksAtRest == 0 {
		runtime.Gosched()
	}
}

// work calls f for blocks until none is left, from the given lane on. A panic
// ends the job.
func (j *job) work(first int) {
	defer func() {
		if r := recover(); r != nil {
			for i := range j.lanes {
				j.lanes[i].next.Store(j.lanes[i].end)
			}
			j.failed.CompareAndSwap(nil, &r)
		}
	}()
	for i := range j.lanes {
		l := &j.lanes[(first+i)%len(j.lanes)]
		for b := l.next.Add(1) - 1; b < l.end; b = l.next.Add(1) - 1 {
			j.f(int(b))
		}
	}
}
