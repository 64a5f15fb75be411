//go:build amd64 && !purego

package kernels

import "golang.org/x/sys/cpu"

// level is the instruction set in use.
var level = lowered(bestLevel())

// bestLevel is the best instruction set that the processor has.
func bestLevel() isa {
	x := &cpu.X86
	switch {
	case !x.HasAVX2 || !x.HasFMA || !x.HasBMI2:
		return plain
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512BW && x.HasAVX512VL:
		return avx512
	}
	return avx2
}
