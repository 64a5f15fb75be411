package shard

import "fmt"

// Defaults and bounds of Options.
const (
	DefaultBlock      = 16384
	DefaultMaxEntries = 1 << 21
	DefaultMemory     = 512 << 20

	maxBlock    = 1 << 24
	maxEntries  = 1 << 28
	maxFeatures = 1 << 20
	maxHops     = 64

	// MaxName is the longest name of a node, in bytes.
	MaxName = 1 << 16
)

// Options says how a store is made. The zero value has the defaults.
type Options struct {
	// Block is the most rows of a block. 0: DefaultBlock.
	Block int

	// MaxEntries ends a block before it has more entries, so that rows of many
	// entries do not stand in one block; a row of more has a block of its own.
	// 0: DefaultMaxEntries.
	MaxEntries int

	// Dtype is how features are kept, Float32 or BFloat16. "": Float32.
	Dtype string

	// Hops is the largest t of which ÂᵗX is kept, 0: X alone. Products are
	// added up in float64 and rounded to float32 after each.
	Hops int

	// MeanLoop makes the loop that Â adds to each node weigh the mean of A's
	// entries that are not 0, in place of 1. Then the unit of the weights does not
	// matter, and ÂᵗX is that of modes.Host.Scaled. Without weights it is 1 too.
	MeanLoop bool

	// Memory is about how many bytes the columns of X that are propagated at a
	// time may take. 0: DefaultMemory.
	Memory int64

	// Progress is told what is being done, and how much of that is done, from 0
	// to 1. nil: nobody is.
	Progress func(stage string, done float64)
}

// filled is o with its defaults, or an error where a field is out of range.
func (o Options) filled() (Options, error) {
	if o.Block == 0 {
		o.Block = DefaultBlock
	}
	if o.MaxEntries == 0 {
		o.MaxEntries = DefaultMaxEntries
	}
	if o.Dtype == "" {
		o.Dtype = Float32
	}
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	if o.Progress == nil {
		o.Progress = func(string, float64) {}
	}
	switch {
	case o.Block < 1 || o.Block > maxBlock:
		return o, fmt.Errorf("shard: Block = %d, want 1 to %d", o.Block, maxBlock)
	case o.MaxEntries < 1 || o.MaxEntries > maxEntries:
		return o, fmt.Errorf("shard: MaxEntries = %d, want 1 to %d", o.MaxEntries, maxEntries)
	case o.Dtype != Float32 && o.Dtype != BFloat16:
		return o, fmt.Errorf("shard: Dtype = %q, want %s or %s", o.Dtype, Float32, BFloat16)
	case o.Hops < 0 || o.Hops > maxHops:
		return o, fmt.Errorf("shard: Hops = %d, want 0 to %d", o.Hops, maxHops)
	case o.Memory < 0:
		return o, fmt.Errorf("shard: Memory = %d, want at least 0", o.Memory)
	}
	return o, nil
}
