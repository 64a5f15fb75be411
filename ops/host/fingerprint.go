package host

import (
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Fingerprint is 64 bits that tell one content of a slice from another: equal
// bits give equal fingerprints, and others differ but for one pair in 2⁶⁴ that is
// not made for it.
func Fingerprint[T ops.Float](x []T) uint64 { return kernels.Fingerprint(x) }
