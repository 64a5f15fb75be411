package stream

// Meta says what a source holds.
type Meta struct {
	Nodes, Entries int64
	Features       int
	Propagated     int
	Block          int
}

// Edges is rows of A in compressed form.
type Edges struct {
	Ptr    []int64
	Col    []int32
	Weight []float32
}
