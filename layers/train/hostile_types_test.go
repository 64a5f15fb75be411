package train_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// receivers is every exported type with methods of the packages below layers,
// which TestTheTableOfHostileCallsIsComplete sees to.
var receivers = map[string]map[string]reflect.Type{
	"ops": {
		"Custom":    reflect.TypeFor[ops.Custom](),
		"Pattern":   reflect.TypeFor[ops.Pattern](),
		"Reduction": reflect.TypeFor[ops.Reduction](),
		"TopK":      reflect.TypeFor[ops.TopK](),
		"Workspace": reflect.TypeFor[ops.Workspace](),
	},
	"modes": {
		"DenseAdj":    reflect.TypeFor[modes.DenseAdj](),
		"Features":    reflect.TypeFor[modes.Features](),
		"Graph":       reflect.TypeFor[modes.Graph](),
		"Host":        reflect.TypeFor[modes.Host](),
		"Input":       reflect.TypeFor[modes.Input](),
		"Kind":        reflect.TypeFor[modes.Kind](),
		"Level":       reflect.TypeFor[modes.Level](),
		"Loader":      reflect.TypeFor[modes.Loader](),
		"Mode":        reflect.TypeFor[modes.Mode](),
		"CoarsenFunc": reflect.TypeFor[modes.CoarsenFunc](),
		"PaddedBatch": reflect.TypeFor[modes.PaddedBatch](),
		"Report":      reflect.TypeFor[modes.Report](),
		"Scaler":      reflect.TypeFor[modes.Scaler](),
		"SparseAdj":   reflect.TypeFor[modes.SparseAdj](),
	},
	"losses": {
		"Count":      reflect.TypeFor[losses.Count](),
		"Normalizer": reflect.TypeFor[losses.Normalizer](),
		"Sums":       reflect.TypeFor[losses.Sums](),
	},
	"param": {
		"Axis":              reflect.TypeFor[param.Axis](),
		"Constant":          reflect.TypeFor[param.Constant](),
		"GlorotNormal":      reflect.TypeFor[param.GlorotNormal](),
		"GlorotUniform":     reflect.TypeFor[param.GlorotUniform](),
		"HeNormal":          reflect.TypeFor[param.HeNormal](),
		"HeUniform":         reflect.TypeFor[param.HeUniform](),
		"Identity":          reflect.TypeFor[param.Identity](),
		"L1":                reflect.TypeFor[param.L1](),
		"L1L2":              reflect.TypeFor[param.L1L2](),
		"L2":                reflect.TypeFor[param.L2](),
		"LecunNormal":       reflect.TypeFor[param.LecunNormal](),
		"LecunUniform":      reflect.TypeFor[param.LecunUniform](),
		"MaxNorm":           reflect.TypeFor[param.MaxNorm](),
		"MinMaxNorm":        reflect.TypeFor[param.MinMaxNorm](),
		"NonNeg":            reflect.TypeFor[param.NonNeg](),
		"Normal":            reflect.TypeFor[param.Normal](),
		"Ones":              reflect.TypeFor[param.Ones](),
		"Orthogonal":        reflect.TypeFor[param.Orthogonal](),
		"OrthogonalPenalty": reflect.TypeFor[param.OrthogonalPenalty](),
		"Scope":             reflect.TypeFor[param.Scope](),
		"Spec":              reflect.TypeFor[param.Spec](),
		"Store":             reflect.TypeFor[param.Store](),
		"TruncatedNormal":   reflect.TypeFor[param.TruncatedNormal](),
		"Uniform":           reflect.TypeFor[param.Uniform](),
		"UnitNorm":          reflect.TypeFor[param.UnitNorm](),
		"VarianceScaling":   reflect.TypeFor[param.VarianceScaling](),
		"Zeros":             reflect.TypeFor[param.Zeros](),
	},
	"train": {
		"Adam":          reflect.TypeFor[train.Adam](),
		"AdamW":         reflect.TypeFor[train.AdamW](),
		"ConstantRate":  reflect.TypeFor[train.ConstantRate](),
		"Cosine":        reflect.TypeFor[train.Cosine](),
		"EarlyStopping": reflect.TypeFor[train.EarlyStopping](),
		"Epoch":         reflect.TypeFor[train.Epoch](),
		"Evaluator":     reflect.TypeFor[train.Evaluator](),
		"GradientError": reflect.TypeFor[train.GradientError](),
		"Linear":        reflect.TypeFor[train.Linear](),
		"LossError":     reflect.TypeFor[train.LossError](),
		"Plateau":       reflect.TypeFor[train.Plateau](),
		"Predictions":   reflect.TypeFor[train.Predictions](),
		"Predictor":     reflect.TypeFor[train.Predictor](),
		"Runner":        reflect.TypeFor[train.Runner](),
		"SGD":           reflect.TypeFor[train.SGD](),
		"Scalar":        reflect.TypeFor[train.Scalar](),
		"Trainer":       reflect.TypeFor[train.Trainer](),
		"WarmUp":        reflect.TypeFor[train.WarmUp](),
	},
}

// notCalled are the types whose methods gonum and Gorgonia call, with
// arguments that those have checked: their contracts are a panic.
var notCalled = map[string]bool{"BLAS": true, "Engine": true}

// made are the types that only a constructor makes: no method of theirs is
// called on a nil pointer.
func made(h *hostile, t reflect.Type) (any, bool) {
	hosts := []*modes.Host{
		{Nodes: 4, Pattern: pattern(), X: h.dense(4, 3)},
		{Nodes: 4, Pattern: pattern(), X: h.dense(4, 3)},
	}
	store, _ := param.NewStore(tensor.Float64, 1)
	build := func(sc *param.Scope, in modes.Input) (train.Model, error) { return train.Model{}, nil }
	switch t {
	case reflect.TypeFor[ops.Workspace]():
		return ops.NewWorkspace(h.graph), true
	case reflect.TypeFor[modes.Loader]():
		l, err := modes.NewLoader(hosts, modes.GraphClasses([]int{0, 1}), modes.LoaderOptions{Batch: 1})
		return pick(h, l, &modes.Loader{}), err == nil
	case reflect.TypeFor[modes.Scaler]():
		x := tensor.New(tensor.WithShape(2, 1), tensor.WithBacking([]float64{1, 2}))
		s, err := modes.FitScaler([]*modes.Host{{Nodes: 2, X: x}}, []int{0}, []int{0})
		return pick(h, s, &modes.Scaler{}), err == nil
	case reflect.TypeFor[train.Adam]():
		return pick(h, train.NewAdam(0.1), &train.Adam{}), true
	case reflect.TypeFor[train.AdamW]():
		return pick(h, train.NewAdamW(0.1, 0.1), &train.AdamW{}), true
	case reflect.TypeFor[train.SGD]():
		return pick(h, train.NewSGD(0.1, 0.1), &train.SGD{}), true
	case reflect.TypeFor[train.Scalar]():
		s, err := train.NewScalar(h.graph, "scalar", tensor.Float64, 1)
		return pick(h, s, &train.Scalar{}), err == nil
	case reflect.TypeFor[train.Evaluator]():
		e, err := train.NewEvaluator(h.weight(store, false))
		return pick(h, e, &train.Evaluator{}), err == nil
	case reflect.TypeFor[train.Trainer]():
		e, err := h.trainer(store)
		return pick(h, e, &train.Trainer{}), err == nil
	case reflect.TypeFor[train.Predictor]():
		p, err := train.NewPredictor(store, build)
		return pick(h, p, &train.Predictor{}), err == nil
	case reflect.TypeFor[train.Runner]():
		r, err := train.NewRunner(store, build, train.NewAdam(0.1), train.Options{})
		return pick(h, r, &train.Runner{}), err == nil
	}
	return nil, false
}

// weight is the sum of a weight of store.
func (h *hostile) weight(store *param.Store, training bool) *G.Node {
	w, err := store.Scope(h.graph, training).Param("w", param.Ones{}, param.Spec{}, 3)
	if err != nil {
		panic(err)
	}
	return G.Must(ops.Sum(w))
}

func (h *hostile) trainer(store *param.Store) (*train.Trainer, error) {
	sc := store.Scope(h.graph, true)
	w, err := sc.Param("w", param.Ones{}, param.Spec{}, 3)
	if err != nil {
		return nil, err
	}
	return train.New(sc, G.Must(ops.Sum(w)), train.NewAdam(0.1), train.Options{})
}

// receiver is a value of t or a pointer to one, for the method to be called on.
func (h *hostile) receiver(t reflect.Type) reflect.Value {
	if t.Implements(reflect.TypeFor[param.Initializer]()) || t == reflect.TypeFor[param.Scope]() {
		h.huge = 1 << 33 // weights of 2³⁰ elements are drawn
	}
	if m, ok := made(h, t); ok {
		return reflect.ValueOf(m)
	}
	if v, ok := h.known(reflect.PointerTo(t)); ok {
		return v
	}
	v := reflect.New(t)
	v.Elem().Set(h.value(t, 0))
	return v
}

// state is what fmt gives to a Formatter.
type state struct{}

func (state) Write(b []byte) (int, error) { return len(b), nil }
func (state) Width() (int, bool)          { return 0, false }
func (state) Precision() (int, bool)      { return 0, false }
func (state) Flag(int) bool               { return false }

// fromStandard is values that the standard library's types have.
func (h *hostile) fromStandard(t reflect.Type) (any, bool) {
	switch t {
	case reflect.TypeFor[fmt.State]():
		return state{}, true
	case reflect.TypeFor[*rand.Rand]():
		return pick(h, nil, rand.New(rand.NewPCG(1, 2))), true
	}
	return nil, false
}
