package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

const teleport = .15

func mapEquationRows() []loss {
	row := func(variant string, o losses.MapOptions, of func(x signal, k int) float64) loss {
		return loss{
			loss: losses.NameMapEquation, variant: variant, needA: true, countsEntries: true, constantA: o.Directed, of: of,
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.MapEquation(s, g, o) },
			lo:    func(_ signal, k int) float64 { return -math.Log2(float64(k)) },
			hi:    func(x signal, k int) float64 { return math.Log2(float64(x.n*k)) + 2.45 },
		}
	}
	undirected := func(x signal, k int) float64 {
		f, p := x.dense(), x.degrees()
		total := sum(p)
		for i := range f {
			f[i] /= total
		}
		for i := range p {
			p[i] /= total
		}
		return codelength(x, k, f, p, total)
	}
	directed := func(x signal, k int) float64 {
		f, p := smartFlow(x)
		return codelength(x, k, f, p, sum(x.degrees()))
	}
	return []loss{
		row("", losses.MapOptions{}, undirected),
		row(" directed", losses.MapOptions{Directed: true, Teleport: teleport}, directed),
	}
}

// codelength is the two-level map equation as the entropies of its books.
func codelength(x signal, k int, flow, p []float64, total float64) float64 {
	if total == 0 {
		return 0
	}
	w := make([]float64, k*k)
	use := make([]float64, k)
	for i := range x.n {
		for c := range k {
			use[c] += p[i] * x.s[i*k+c]
			for j := range x.n {
				for d := range k {
					w[c*k+d] += x.s[i*k+c] * flow[i*x.n+j] * x.s[j*k+d]
				}
			}
		}
	}
	f := func(z float64) float64 {
		if z <= 0 {
			return 0
		}
		return z * math.Log2(z)
	}
	l, q := 0., 0.
	for c := range k {
		exit, enter := 0., 0.
		for d := range k {
			if d != c {
				exit, enter = exit+w[c*k+d], enter+w[d*k+c]
			}
		}
		q += enter
		l += f(exit+use[c]) - f(exit) - f(enter)
	}
	for _, v := range p {
		l -= f(v)
	}
	return l + f(q)
}

// smartFlow is the flow and the rates of the directed walk, by iteration over
// dense matrices.
func smartFlow(x signal) (flow, p []float64) {
	a, out := x.dense(), x.degrees()
	total := sum(out)
	in := make([]float64, x.n)
	for i, w := range a {
		in[i%x.n] += w / total
	}
	p = append([]float64{}, in...)
	for range 400 {
		next := make([]float64, x.n)
		for i := range x.n {
			next[i] += teleport * in[i]
			for j := range x.n {
				if out[i] > 0 {
					next[j] += (1 - teleport) * p[i] * a[i*x.n+j] / out[i]
				}
			}
		}
		p = next
	}
	all := sum(p)
	flow = make([]float64, len(a))
	for i := range p {
		p[i] /= all
	}
	for i, w := range a {
		if w > 0 {
			flow[i] = teleport*w/total + (1-teleport)*p[i/x.n]*w/out[i/x.n]
		}
	}
	return flow, p
}

// Two triangles: Infomap's codelengths of the right clusters and of one.
func TestMapEquationByHand(t *testing.T) {
	l := named(t, losses.NameMapEquation)
	f := func(z float64) float64 { return z * math.Log2(z) }
	nodes := 4*f(1./7) + 2*f(3./14)
	for _, c := range []struct {
		s        []float64
		want     float64
		infomaps float64
	}{
		{hard(2, 0, 0, 0, 1, 1, 1), f(1./7) - 4*f(1./14) - nodes + 2*f(8./14), 2.3207},
		{hard(2, 0, 0, 0, 0, 0, 0), -nodes, 2.5567},
		{hard(4, 2, 2, 2, 0, 0, 0), f(1./7) - 4*f(1./14) - nodes + 2*f(8./14), 2.3207}, // empty clusters cost nothing
	} {
		x, k := signal{twoTriangles(), c.s}, len(c.s)/6
		assert.InDelta(t, c.infomaps, c.want, 5e-5)
		requireClose(t, c.want, l.of(x, k), 1e-14)
		requireClose(t, c.want, run(t, l, tensor.Float64, single, k, x).value, 1e-14)
	}
	in := twoGraphs(t)
	_, err := losses.MapEquation(in.s, in.Graph, losses.MapOptions{Directed: true})
	assert.ErrorContains(t, err, "α = 0, want above 0 and at most 1")
}
