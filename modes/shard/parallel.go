package shard

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls f(0) to f(n−1) from several goroutines, each with an f of its
// own, and returns the error of the lowest number of those that met one.
func parallel(n int, makeF func() func(i int) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	at, first := n, error(nil)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			f := makeF()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := f(i); err != nil {
					mu.Lock()
					if i < at {
						at, first = i, err
					}
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	return first
}
