package stream

// Group sets of how many blocks A·S is made at a time.
func (m *Model) Group(blocks int) { m.group, m.products = blocks, nil }
