package golden_test

import (
	"fmt"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// goldenHOSC is HOSCPool. Its loss ortho is one of two.
func goldenHOSC(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	p := layers.NewHOSCPool(a.int("k", 0))
	p.Alpha = a.float("alpha", p.Alpha)
	p.Diagonal = a.text("denominator", "rowsum", "diagonal") == "diagonal"
	p.OrthogonalityWeight, p.NormalizedBalanceWeight = 0, 1
	ortho := losses.NameNormalizedBalance
	if a.text("ortho", "hosc", "mincut") == "mincut" {
		p.OrthogonalityWeight, p.NormalizedBalanceWeight = 1, 0
		ortho = losses.NameOrthogonality
	}
	m, err := goldenSoft(c, a, &p.Soft, "hoscpool")
	m.slope = goldenNoDegree
	m.layer, m.losses = p, map[string]string{"hosc": losses.NameHigherOrderCut, "ortho": ortho}
	return m, err
}

func goldenMapEquation(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	p := layers.NewMapEquationPool(a.int("k", 0))
	p.Directed = a.text("flow", "undirected", "directed") == "directed"
	p.Teleport = a.float("alpha", p.Teleport)
	m, err := goldenSoft(c, a, &p.Soft, "mapequationpool")
	m.slope = c.withoutPadding
	m.layer, m.losses = p, map[string]string{"codelength": losses.NameMapEquation}
	return m, err
}

// goldenBN is BNPool with the samples and the posterior that the file has.
func goldenBN(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewBNPool(a.int("k", 0))
	p.Concentration = a.float("alpha_dp", p.Concentration)
	p.PriorMean, p.PriorVariance = a.float("k_mu", p.PriorMean), a.float("k_var", p.PriorVariance)
	p.PriorOncePerBatch = true
	p.Connection = 0 // the file has the connections as a whole
	p.PosteriorFunc = func(*param.Scope, modes.Graph) (z, alpha, beta *G.Node, err error) {
		return in.floats["z"].node, in.floats["q_alpha"].node, in.floats["q_beta"].node, nil
	}
	return goldenModel{
		layer: p, params: map[string]string{"K": "bnpool/connections"}, outputs: goldenSoftOutputs,
		slope: func(name string, want goldenTensor) goldenTensor {
			if name == "q_alpha" || name == "q_beta" {
				return c.exactSlope(name, want, p.Concentration)
			}
			return goldenNoDegree(name, want)
		},
		losses: map[string]string{
			"quality": losses.NameReconstruction, "kl": losses.NamePosteriorDivergence, "k_prior": losses.NameConnectivityPrior,
		},
	}, nil
}

func goldenMem(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	p := layers.NewMemPool(a.int("k", 0))
	p.Heads, p.Tau, p.Channels = a.int("heads", 1), a.float("tau", 1), a.int("channels", 0)
	if keys := c.Params["keys"].Shape; len(keys) != 3 {
		return goldenModel{}, fmt.Errorf("params: keys has shape %v", keys)
	}
	return goldenModel{
		layer:  p,
		params: map[string]string{"keys": "mempool/keys_kernel", "conv": "mempool/heads_kernel", "kernel": "mempool/kernel"},
		losses: map[string]string{"kl": losses.NameSelfTraining},
		outputs: func(out layers.Output) (map[string]goldenOutput, error) {
			return goldenNodes(map[string]*G.Node{"x": out.X.Dense, "s": out.Selection.Assignment}), nil
		},
	}, nil
}

// goldenNoDegree is a gradient without the 1/ε² that the files have where a
// coarse degree is 0: there the library's is 0.
func goldenNoDegree(_ string, want goldenTensor) goldenTensor {
	want.Data = slices.Clone(want.Data)
	for i, v := range want.Data {
		if math.Abs(float64(v)) > 1e20 {
			want.Data[i] = 0
		}
	}
	return want
}

// withoutPadding is a gradient to a with 0 in the rows of padding, which in the
// files count in the sum of A.
func (c *goldenCase) withoutPadding(name string, want goldenTensor) goldenTensor {
	mask, ok := c.Inputs["mask"]
	if !ok || name != "a" {
		return want
	}
	want.Data = slices.Clone(want.Data)
	for i := range want.Data {
		if mask.Data[i/mask.Shape[1]] == 0 {
			want.Data[i] = 0
		}
	}
	return want
}

// exactSlope is the gradient to the parameters of a posterior with the trigamma
// function to all digits. The files have PyTorch's, whose series ends at 3e-9;
// a value further from it than 1e-7 stays as it is, and fails.
func (c *goldenCase) exactSlope(name string, want goldenTensor, concentration float64) goldenTensor {
	want.Data = slices.Clone(want.Data)
	graphs, counts := 0., make([]float64, 1)
	size := len(want.Data) / want.Shape[len(want.Shape)-1]
	mask, masked := c.Inputs["mask"]
	if masked {
		size = mask.Shape[1]
		counts = make([]float64, mask.Shape[0])
	}
	for r := range len(counts) * size {
		if !masked || mask.Data[r] != 0 {
			counts[r/size]++
		}
	}
	for _, n := range counts {
		if n > 0 {
			graphs++
		}
	}
	width := want.Shape[len(want.Shape)-1]
	for i, v := range want.Data {
		n := counts[i/width/size]
		if v == 0 || n == 0 {
			continue
		}
		a, b := float64(c.Inputs["q_alpha"].Data[i]), float64(c.Inputs["q_beta"].Data[i])
		own := (a - 1) * trigamma(a)
		if name == "q_beta" {
			own = (b - concentration) * trigamma(b)
		}
		exact := (own + (1+concentration-a-b)*trigamma(a+b)) / (n * n * graphs)
		if math.Abs(exact-float64(v)) < 1e-7*math.Max(1, math.Abs(exact)) {
			want.Data[i] = goldenNumber(exact)
		}
	}
	return want
}

// trigamma is Σ_k 1/(x+k)², with the rest of the sum from 1000 on by
// Euler-Maclaurin.
func trigamma(x float64) (sum float64) {
	for range 1000 {
		sum += 1 / (x * x)
		x++
	}
	return sum + 1/x + 1/(2*x*x) + 1/(6*x*x*x)
}
