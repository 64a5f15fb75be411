//go:build !linux && !darwin

package machine

func memoryLimits() []int64 { return nil }
