package kernels

// reduction is how reduceRowPanels makes one row of several.
type reduction uint8

const (
	sumRows reduction = iota
	meanRows
	maxRows
)

// secondCache is the size in bytes of a matrix whose rows need no prefetching.
const secondCache = 1 << 19
