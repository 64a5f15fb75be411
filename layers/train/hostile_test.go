package train_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// folders is where the packages of exported are.
var folders = map[string]string{"ops": "../../ops", "modes": "../../modes", "losses": "../../losses", "param": "../param", "train": "."}

func TestTheTableOfHostileCallsIsComplete(t *testing.T) {
	for name, folder := range folders {
		var want []string
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, e.Name()), nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, d := range file.Decls {
				f, ok := d.(*ast.FuncDecl)
				switch {
				case !ok || !f.Name.IsExported() || f.Type.TypeParams != nil:
				case f.Recv == nil:
					want = append(want, f.Name.Name)
				}
			}
		}
		assert.ElementsMatch(t, slices.Compact(slices.Sorted(slices.Values(want))), slices.Sorted(maps.Keys(exported[name])), name)
	}
}

// hostile draws arguments that nobody should pass: nil, zero, NaN, infinite,
// negative and huge ones, among some that are in order.
type hostile struct {
	rng   *rand.Rand
	graph *G.ExprGraph
	names int
}

func pick[T any](h *hostile, values ...T) T { return values[h.rng.IntN(len(values))] }

func (h *hostile) value(t reflect.Type, depth int) reflect.Value {
	if v, ok := h.known(t); ok {
		return v
	}
	v := reflect.New(t).Elem()
	if depth > 4 {
		return v
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(pick[int64](h, 0, 1, 2, 3, -1, 1<<30, 1<<40, 1<<61, math.MaxInt64, math.MinInt64))
	case reflect.Uint64, reflect.Uint32, reflect.Uint8:
		v.SetUint(pick[uint64](h, 0, 1, math.MaxUint64))
	case reflect.Float64, reflect.Float32:
		v.SetFloat(pick[float64](h, 0, 0.5, 1, -1, 1e-300, 1e300, math.NaN(), math.Inf(1), math.Inf(-1)))
	case reflect.Bool:
		v.SetBool(h.rng.IntN(2) == 0)
	case reflect.String:
		v.SetString(pick(h, "", "a", "relu", "\x00/../\xff", strings.Repeat("x", 1000)))
	case reflect.Slice:
		if h.rng.IntN(4) > 0 {
			for range h.rng.IntN(4) {
				v = reflect.Append(v, h.value(t.Elem(), depth+1))
			}
		}
	case reflect.Pointer:
		if h.rng.IntN(4) > 0 {
			v.Set(reflect.New(t.Elem()))
			v.Elem().Set(h.value(t.Elem(), depth+1))
		}
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() && h.rng.IntN(4) > 0 {
				v.Field(i).Set(h.value(t.Field(i).Type, depth+1))
			}
		}
	case reflect.Func:
		if h.rng.IntN(2) == 0 {
			v.Set(reflect.MakeFunc(t, func([]reflect.Value) (out []reflect.Value) {
				for i := range t.NumOut() {
					out = append(out, reflect.Zero(t.Out(i)))
				}
				return out
			}))
		}
	case reflect.Interface:
		for _, c := range h.implementations() {
			if c != nil && reflect.TypeOf(c).Implements(t) && h.rng.IntN(2) == 0 {
				v.Set(reflect.ValueOf(c))
			}
		}
	}
	return v
}

// known is values of types that only their makers make.
func (h *hostile) known(t reflect.Type) (reflect.Value, bool) {
	var v any
	switch t {
	case reflect.TypeFor[*G.ExprGraph]():
		v = pick(h, h.graph, nil)
	case reflect.TypeFor[*G.Node]():
		v = h.node()
	case reflect.TypeFor[tensor.Dtype]():
		v = pick(h, tensor.Float32, tensor.Float64, tensor.Int, tensor.Dtype{})
	case reflect.TypeFor[*tensor.Dense]():
		v = pick(h, nil, h.dense(3), h.dense(2, 2), h.dense(4, 3), h.dense(2, 4, 3))
	case reflect.TypeFor[*tensor.CS]():
		v = (*tensor.CS)(nil)
	case reflect.TypeFor[*ops.Pattern]():
		v = pick(h, nil, &ops.Pattern{}, pattern())
	case reflect.TypeFor[*modes.Host]():
		if h.rng.IntN(3) == 0 {
			return reflect.Value{}, false
		}
		host := &modes.Host{Nodes: 4, Pattern: pattern(), X: h.dense(4, 3)}
		v = pick(h, nil, &modes.Host{}, host)
	case reflect.TypeFor[*param.Store]():
		store, _ := param.NewStore(tensor.Float64, 1)
		v = pick(h, nil, &param.Store{}, store)
	case reflect.TypeFor[*param.Scope]():
		store, _ := param.NewStore(tensor.Float64, 1)
		v = pick(h, nil, &param.Scope{}, store.Scope(h.graph, true), store.Scope(nil, true))
	case reflect.TypeFor[modes.Graph]():
		if h.rng.IntN(2) == 0 {
			return reflect.Value{}, false
		}
		h.names++
		g, _ := modes.NewSingle(h.graph, fmt.Sprint("g", h.names), &modes.Host{Nodes: 4, Pattern: pattern(), X: h.dense(4, 3)}, tensor.Float64)
		v = g
	default:
		return reflect.Value{}, false
	}
	return reflect.ValueOf(v), true
}

func pattern() *ops.Pattern {
	p, _, _ := ops.PatternFromCOO(4, 4, []int{0, 1, 1, 2}, []int{1, 0, 2, 1})
	return p
}

func (h *hostile) dense(shape ...int) *tensor.Dense {
	x := make([]float64, tensor.Shape(shape).TotalSize())
	for i := range x {
		x[i] = pick[float64](h, 0, 1, -1, 0.5, math.NaN(), math.Inf(1), 1e300)
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
}

func (h *hostile) node() *G.Node {
	h.names++
	name := G.WithName(fmt.Sprint("n", h.names))
	switch h.rng.IntN(11) {
	case 0:
		return nil
	case 1:
		return G.NewScalar(h.graph, tensor.Float64, name, G.WithValue(1.0))
	case 2:
		return G.NewVector(h.graph, tensor.Int, name, G.WithShape(4), G.WithValue(tensor.New(tensor.WithBacking([]int{0, 1, -1, 3}))))
	case 3:
		return G.NewVector(h.graph, tensor.Float32, name, G.WithShape(4))
	case 4:
		return G.NewMatrix(G.NewGraph(), tensor.Float64, name, G.WithShape(4, 3))
	case 5:
		p := pattern()
		n, _ := ops.NewPatternNode(h.graph, fmt.Sprint("p", h.names), p)
		return n
	}
	d := pick(h, h.dense(4), h.dense(4, 3), h.dense(4, 4), h.dense(2, 4, 3), h.dense(2, 2, 2, 2))
	return G.NodeFromAny(h.graph, d, name)
}

// implementations is values of interfaces, typed nils among them.
func (h *hostile) implementations() []any {
	return []any{
		modes.DenseAdj{},
		modes.SparseAdj{},
		modes.DenseAdj{Node: h.node()},
		(*modes.DenseAdj)(nil),
		(*train.Adam)(nil), train.NewAdam(math.NaN()), train.NewAdam(0.1), (*G.AdamSolver)(nil),
		param.Zeros{},
		param.Constant{Value: math.NaN()},
		param.L2{Factor: math.Inf(1)},
		param.UnitNorm{},
		(*param.L2)(nil), (*param.Zeros)(nil), (*param.UnitNorm)(nil),
		G.NewF64(math.NaN()), h.dense(4, 3), pattern(), &ops.Pattern{}, train.ConstantRate(math.NaN()),
		train.Linear{},
		fmt.Errorf("an error"),
	}
}

// attempt calls f, and says what is wrong with that: a panic, 1 GB, 10 s.
func attempt(f reflect.Value, in []reflect.Value) (fault string) {
	done := make(chan string, 1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				stack := make([]byte, 1<<14)
				done <- fmt.Sprintf("panics: %v\n%s", r, stack[:runtime.Stack(stack, false)])
			}
		}()
		if f.Type().IsVariadic() {
			f.CallSlice(in)
		} else {
			f.Call(in)
		}
		done <- ""
	}()
	select {
	case fault = <-done:
	case <-time.After(10 * time.Second):
		return "hangs"
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 1<<30 {
		return fmt.Sprintf("takes %d bytes", after.TotalAlloc-before.TotalAlloc)
	}
	return fault
}

// Every exported function of ops, modes, losses, param and train
// is called with arguments that nobody should pass: it gives a value or an
// error, but never a panic, a hang or more than 1 GB.
func TestHostileCalls(t *testing.T) {
	const tries = 40
	calls := 0
	dir := t.TempDir()
	t.Chdir(dir)
	try := func(t *testing.T, seed uint64, of reflect.Type, f func(h *hostile) (reflect.Value, bool)) {
		for i := range uint64(tries) {
			h := &hostile{rng: rand.New(rand.NewPCG(seed, i)), graph: G.NewGraph()}
			fn, ok := f(h)
			if !ok {
				continue
			}
			var in []reflect.Value
			for k := range fn.Type().NumIn() {
				in = append(in, h.value(fn.Type().In(k), 0))
			}
			calls++
			if fault := attempt(fn, in); fault != "" {
				t.Errorf("try %d: %s", i, fault)
				return
			}
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(exported)) {
		for i, name := range slices.Sorted(maps.Keys(exported[pkg])) {
			f := reflect.ValueOf(exported[pkg][name])
			t.Run(pkg+"."+name, func(t *testing.T) {
				try(t, uint64(i), f.Type(), func(*hostile) (reflect.Value, bool) { return f, true })
			})
		}
	}
	t.Logf("%d calls", calls)
	require.Greater(t, calls, 5000)
}
