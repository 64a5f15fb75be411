//go:build !linux && !darwin

package main

// peakRSS is not known on this system: 0.
func peakRSS() int64 { return 0 }
