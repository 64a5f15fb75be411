package stream

import "sync"

// kept is blocks that stay in memory from pass to pass, as many as there is room
// for: those that are read first. What is kept has the bits of what is read.
type kept struct {
	mu       sync.Mutex
	left     int64 // bytes
	features map[place]*features
	edges    map[int]*Edges
}

// place is a block of the features over some hops.
type place struct{ hop, block int }

func newKept(bytes int64) *kept {
	return &kept{left: bytes, features: map[place]*features{}, edges: map[int]*Edges{}}
}

// take takes room for so many bytes, where it is left.
func (k *kept) take(bytes int64) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if bytes > k.left {
		return false
	}
	k.left -= bytes
	return true
}

// featuresOf is what is kept of a block, nil for nothing.
func (k *kept) featuresOf(at place) *features {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.features[at]
}

func (k *kept) keepFeatures(at place, f *features) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.features[at] = f
}

// edgesOf is what is kept of a block, nil for nothing.
func (k *kept) edgesOf(block int) *Edges {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.edges[block]
}

func (k *kept) keepEdges(block int, e *Edges) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.edges[block] = e
}

// edgeBytes is the memory of edges.
func edgeBytes(e *Edges) int64 { return 8*int64(len(e.Ptr)) + 4*int64(len(e.Col)+len(e.Weight)) }

// copied is e in memory of its own.
func copied(e *Edges) *Edges {
	return &Edges{
		Ptr:    append([]int64(nil), e.Ptr...),
		Col:    append([]int32(nil), e.Col...),
		Weight: append([]float32(nil), e.Weight...),
	}
}
