package graphfile

// Description is figures of a graph.
type Description struct {
	Components, LargestComponent        int // the latter in nodes
	Isolated                            int // nodes without edges
	LeastDegree, MostDegree             int // in edges
	MeanDegree                          float64
	LeastWeight, MostWeight, MeanWeight float64 // 1 where edges have none, 0 where there is no edge
}

// Describe counts what a graph has. Time and memory are linear.
func (g *Graph) Describe() Description {
	d := Description{LeastDegree: len(g.Col)}
	for i := range g.Nodes {
		n := int(g.RowPtr[i+1] - g.RowPtr[i])
		d.LeastDegree, d.MostDegree = min(d.LeastDegree, n), max(d.MostDegree, n)
		if n == 0 {
			d.Isolated++
		}
	}
	if g.Nodes > 0 {
		d.MeanDegree = float64(len(g.Col)) / float64(g.Nodes)
	}
	d.weights(g)
	d.components(g)
	return d
}

func (d *Description) weights(g *Graph) {
	if len(g.Col) == 0 {
		return
	}
	if g.Weights == nil {
		d.LeastWeight, d.MostWeight, d.MeanWeight = 1, 1, 1
		return
	}
	d.LeastWeight = float64(g.Weights[0])
	for _, w := range g.Weights {
		v := float64(w)
		d.LeastWeight, d.MostWeight, d.MeanWeight = min(d.LeastWeight, v), max(d.MostWeight, v), d.MeanWeight+v
	}
	d.MeanWeight /= float64(len(g.Weights))
}

// components visits the nodes of one component after the other.
func (d *Description) components(g *Graph) {
	seen := make([]bool, g.Nodes)
	var stack []int32
	for i := range g.Nodes {
		if seen[i] {
			continue
		}
		seen[i] = true
		stack = append(stack[:0], int32(i))
		size := 0
		for len(stack) > 0 {
			n := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			size++
			for _, j := range g.Col[g.RowPtr[n]:g.RowPtr[n+1]] {
				if !seen[j] {
					seen[j] = true
					stack = append(stack, j)
				}
			}
		}
		d.Components++
		d.LargestComponent = max(d.LargestComponent, size)
	}
}
