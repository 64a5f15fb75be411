//go:build amd64 && !purego

package kernels

// eachLevel runs f with every instruction set of this processor, plain Go
// first, and with stores past the caches for results of every size as well.
func eachLevel(f func()) {
	best, from := level, streamFrom
	defer func() { level, streamFrom = best, from }()
	for level = plain; ; level++ {
		f()
		if level > plain {
			streamFrom = 1
			f()
			streamFrom = from
		}
		if level == best {
			return
		}
	}
}
