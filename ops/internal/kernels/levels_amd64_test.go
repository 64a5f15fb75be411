//go:build amd64 && !purego

package kernels

// eachLevel runs f with every instruction set of this processor, plain Go first.
func eachLevel(f func()) {
	best := level
	defer func() { level = best }()
	for level = plain; ; level++ {
		f()
		if level == best {
			return
		}
	}
}
