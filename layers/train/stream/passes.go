package stream

// Passes does the passes of a training over all blocks, by the weights as they
// are when it is called: on this machine, or on others. What it gives must not
// depend on chance, such as the order in which parts of the work are done.
type Passes interface {
	// Forward computes S of all nodes, and gives the sums over nodes that are
	// wanted.
	Forward(w Wants) (Sums, error)
	// Edges gives the sums over edges, from S of the last Forward.
	Edges() (Sums, error)
	// Gradient gives Σ by·∂sums/∂weights, and with edges the sums over edges, from
	// S of the last Forward; see Model.Gradient.
	Gradient(by Sums, edges bool) (Gradients, Sums, error)
	// Shares is S of the last Forward, until the next one.
	Shares() (*Shares, error)
}

// local does the passes by a model, one group of blocks after the other. Sums
// and gradients are added in the order of the blocks.
type local struct {
	model  *Model
	parts  []Blocks
	shares *Shares
	edges  *Sums // of the last Edges, where the model still has A·S of all blocks
}

func (l *local) Forward(w Wants) (Sums, error) {
	l.edges = nil
	if l.shares == nil {
		l.shares = l.model.Shares()
	}
	sums := NewSums(l.model.K())
	for _, part := range l.parts {
		if err := l.model.Forward(part, l.shares, w, sums.take); err != nil {
			return sums, err
		}
	}
	return sums, nil
}

func (l *local) Edges() (Sums, error) {
	sums := NewSums(l.model.K())
	for _, part := range l.parts {
		if err := l.model.Edges(part, l.shares, sums.take); err != nil {
			return sums, err
		}
	}
	if l.model.holdsAll() {
		l.edges = &sums
	}
	return sums, nil
}

func (l *local) Gradient(by Sums, edges bool) (Gradients, Sums, error) {
	total := Gradients{}
	if edges && l.edges != nil {
		for _, part := range l.parts {
			if err := l.model.gradients(part, l.shares, l.model.products, by, total.take); err != nil {
				return nil, *l.edges, err
			}
		}
		return total, *l.edges, nil
	}
	sums := NewSums(l.model.K())
	for _, part := range l.parts {
		err := l.model.Gradient(part, l.shares, by, edges, func(_ int, g Gradients, s Sums) error {
			if edges {
				sums.Add(s)
			}
			total.Add(g)
			return nil
		})
		if err != nil {
			return nil, sums, err
		}
	}
	return total, sums, nil
}

func (l *local) Shares() (*Shares, error) { return l.shares, nil }

// take adds the sums of a block.
func (s *Sums) take(_ int, o Sums) error {
	s.Add(o)
	return nil
}

// take adds the gradients of a block.
func (g Gradients) take(_ int, o Gradients) error {
	g.Add(o)
	return nil
}

// Add adds the gradients of other blocks.
func (g Gradients) Add(o Gradients) {
	for path, x := range o {
		if g[path] == nil {
			g[path] = make([]float64, len(x))
		}
		add(g[path], x)
	}
}
