package modes

import "iter"

// Epoch is the batches of an epoch, which is counted from 0: each graph once,
// in an order that depends on the seed and the epoch alone. While the caller
// works with one batch, the next ones are made on another goroutine, which
// ends with the loop.
//
//	for batch, err := range loader.Epoch(e) {
//		if err != nil { … }
//		err = in.Set(batch)
//		loss, err := trainer.Step()
//	}
func (l *Loader) Epoch(epoch int) iter.Seq2[*LoadedBatch, error] {
	if err := l.check(); err != nil {
		return func(yield func(*LoadedBatch, error) bool) { yield(nil, err) }
	}
	if l.opts.Ahead < 0 {
		return l.inLine(epoch)
	}
	return func(yield func(*LoadedBatch, error) bool) {
		type made struct {
			batch *LoadedBatch
			err   error
		}
		ready, stop := make(chan made, l.opts.Ahead-1), make(chan struct{})
		go func() {
			defer close(ready)
			for _, p := range l.plan(epoch) {
				b, err := l.prepare(p)
				select {
				case ready <- made{b, err}:
				case <-stop:
					return
				}
			}
		}()
		defer func() {
			close(stop)
			for range ready { // until the goroutine has ended
			}
		}()
		for m := range ready {
			if !yield(m.batch, m.err) || m.err != nil {
				return
			}
		}
	}
}

// inLine is Epoch without another goroutine.
func (l *Loader) inLine(epoch int) iter.Seq2[*LoadedBatch, error] {
	return func(yield func(*LoadedBatch, error) bool) {
		for _, p := range l.plan(epoch) {
			if b, err := l.prepare(p); !yield(b, err) || err != nil {
				return
			}
		}
	}
}
