//go:build !linux && !darwin

package machine

// PeakRSS is not known on this system: 0.
func PeakRSS() int64 { return 0 }
