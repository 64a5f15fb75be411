package stream

// Group sets of how many blocks A·S is made at a time.
func (m *Model) Group(blocks int) { m.group, m.products = blocks, nil }

// KeepsHidden is of how many blocks what the first layer gave is kept.
func (m *Model) KeepsHidden() (blocks int) {
	for _, a := range m.hidden.blocks {
		if a.made {
			blocks++
		}
	}
	return blocks
}
