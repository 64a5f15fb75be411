//go:build !amd64 || purego

package kernels

func ranksAVX512F64(*int64, *int64, int) {}

func ranksAVX2F64(*int64, *int64, int) {}
