package graphfile

import "fmt"

// matrixOf is the matrix of the columns, without its zeros, and the number of
// values that the file does not have.
func matrixOf(cols []*column, nodes int) (m csr, missing int, err error) {
	values := 0
	for _, c := range cols {
		values += len(c.node)
	}
	filled := 0
	lists := make([][]float32, len(cols))
	m = csr{rows: nodes, cols: len(cols), ptr: make([]int32, nodes+1)}
	for j, c := range cols {
		preset, err := c.presetNumber()
		if err != nil {
			return m, 0, err
		}
		if preset != 0 {
			if filled += nodes - len(c.node); filled > max(1_000_000, 64*values) {
				return m, 0, fmt.Errorf("the default %q of node attribute %s stands for more than %d values, want values in the file", c.preset, quote(c.name), max(1_000_000, 64*values))
			}
			c.fill(nodes)
		} else if !c.has {
			missing += nodes - len(c.node)
		}
		if lists[j], err = c.numbers(); err != nil {
			return m, 0, err
		}
		for p, v := range lists[j] {
			if v != 0 {
				m.ptr[c.node[p]+1]++
			}
		}
	}
	m.fill(cols, lists)
	return m, missing, nil
}

// fill puts the values into rows whose lengths m.ptr[1:] has.
func (m *csr) fill(cols []*column, lists [][]float32) {
	for i := range m.rows {
		m.ptr[i+1] += m.ptr[i]
	}
	m.col, m.val = make([]int32, m.ptr[m.rows]), make([]float32, m.ptr[m.rows])
	for j, c := range cols {
		for p, v := range lists[j] {
			if v != 0 {
				q := &m.ptr[c.node[p]]
				m.col[*q], m.val[*q] = int32(j), v
				*q++
			}
		}
	}
	copy(m.ptr[1:], m.ptr[:m.rows])
	m.ptr[0] = 0
}

func (c *column) presetNumber() (float64, error) {
	if !c.has || c.preset == "" {
		return 0, nil
	}
	v, ok := parseNumber(c.preset)
	if !ok {
		return 0, fmt.Errorf("default of node attribute %s = %s, want a finite number", quote(c.name), quote(c.preset))
	}
	return v, nil
}

// fill gives every node without a value the preset one.
func (c *column) fill(nodes int) {
	words := make([]string, nodes)
	for i := range words {
		words[i] = c.preset
	}
	for p, i := range c.node {
		words[i] = c.words[p]
	}
	c.words, c.node = words, make([]int32, nodes)
	for i := range c.node {
		c.node[i] = int32(i)
	}
}

// numbers are the values, one for each of c.node.
func (c *column) numbers() ([]float32, error) {
	out := make([]float32, len(c.words))
	for p, s := range c.words {
		v, ok := parseNumber(s)
		if !ok {
			return nil, fmt.Errorf("node attribute %s of node number %d = %s, want a finite number", quote(c.name), c.node[p], quote(s))
		}
		out[p] = float32(v)
	}
	return out, nil
}
