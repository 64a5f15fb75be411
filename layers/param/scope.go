package param

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Scope is where a layer gets its weights: a place in the tree of names of a
// [Store], for one expression graph.
type Scope struct {
	build *build
	path  string
	subs  map[string]bool // names given by Sub in this scope
	err   error           // a bad name, reported by Param
}

// build is what all scopes of one graph have in common.
type build struct {
	store    *Store
	graph    *G.ExprGraph
	training bool
	nodes    map[string]*G.Node
	used     []*Used
	activity []*G.Node // terms of AddPenalty
	updates  []Update  // of AddUpdate
}

// Used is a weight as one graph uses it.
type Used struct {
	*Param
	// Node is the input node of the graph, bound to Param.Tensor.
	Node *G.Node
	// Spec is what this graph asked for; it hides Param.Spec.
	Spec Spec
}

// errNilScope is what the first Param below a nil scope reports.
var errNilScope = errors.New("param: the scope is nil, want one of a Store")

// errZeroScope is what the first Param below a scope of no store or graph
// reports.
var errZeroScope = errors.New("param: the scope is of no store or of a nil graph, want one that Store.Scope gave")

// check errs where no weight can be had from the scope.
func (s *Scope) check() error {
	switch b := s.shared(); {
	case s == nil:
		return errNilScope
	case s.err != nil:
		return s.err
	case b.graph == nil || b.store.check() != nil:
		return errZeroScope
	}
	return nil
}

// shared is what s has in common with the other scopes of its graph.
func (s *Scope) shared() *build {
	if s == nil || s.build == nil {
		return &build{}
	}
	return s.build
}

// Sub opens a scope below this one. Its path is joined with "/". A second
// Sub of the same name becomes name_1, then name_2, so that two equal layers
// get weights of their own, and a graph built again in the same way gets the
// same paths. A name that is empty, is not UTF-8 or holds a "/" is reported
// by the first Param below it.
func (s *Scope) Sub(name string) *Scope {
	if s == nil {
		return &Scope{build: &build{}, path: name, subs: map[string]bool{}, err: errNilScope}
	}
	err := s.err
	if err == nil {
		err = checkName(s.path, name)
	}
	unique := name
	for i := 1; s.subs[unique]; i++ {
		unique = name + "_" + strconv.Itoa(i)
	}
	if s.subs == nil { // a zero scope
		s.subs = map[string]bool{}
	}
	s.subs[unique] = true
	return &Scope{build: s.shared(), path: join(s.path, unique), subs: map[string]bool{}, err: err}
}

// Reuse is this scope with its names beginning anew: a layer applied to it
// shares the weights of the layer applied to the scope itself.
func (s *Scope) Reuse() *Scope {
	if s == nil {
		return &Scope{subs: map[string]bool{}, err: errNilScope}
	}
	return &Scope{build: s.shared(), path: s.path, subs: map[string]bool{}, err: s.err}
}

// Param returns the node of a weight. The weight is drawn at first use, from
// spec.Init or else from def, by a generator that depends on the store's seed
// and the full path alone; later graphs are bound to the same tensor. Asking
// again in the same graph returns the same node. The node's name is the path.
//
// It errs if the stored weight has another shape, if a size is below 1, if
// the store is sealed and has no such weight, if the initialiser cannot draw
// the shape, or if the graph has another node of that name.
func (s *Scope) Param(name string, def Initializer, spec Spec, shape ...int) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := checkName(s.path, name); err != nil {
		return nil, err
	}
	path := join(s.path, name)
	if err := checkShape(path, shape); err != nil {
		return nil, err
	}
	init := spec.Init
	if init == nil {
		init = def
	}
	p, err := s.shared().store.obtain(path, init, shape)
	if err != nil {
		return nil, err
	}
	if n := s.shared().nodes[path]; n != nil {
		return n, nil
	}
	return s.shared().use(p, spec)
}

func (b *build) use(p *Param, spec Spec) (*G.Node, error) {
	if len(b.graph.ByName(p.Path)) > 0 {
		return nil, fmt.Errorf("param: %s: the graph already has a node of that name", p.Path)
	}
	shape := p.Tensor.Shape()
	n := G.NewTensor(b.graph, b.store.dtype, shape.Dims(),
		G.WithShape(shape...), G.WithName(p.Path), G.WithValue(p.Tensor))
	p.Spec = spec
	b.nodes[p.Path] = n
	b.used = append(b.used, &Used{Param: p, Node: n, Spec: spec})
	return n, nil
}

// Used lists the weights of this graph in the order of first use, frozen ones
// included. Every scope of a graph gives the same list.
func (s *Scope) Used() []*Used { return s.shared().used }

// Learnables lists the nodes of this graph that are to be trained, in the
// order of first use. Every scope of a graph gives the same list.
func (s *Scope) Learnables() G.Nodes {
	var ns G.Nodes
	for _, u := range s.shared().used {
		if !u.Spec.Frozen {
			ns = append(ns, u.Node)
		}
	}
	return ns
}

// Unused lists the paths of the store that this graph does not use. After a
// store was read from a file it shows what the model left out.
func (s *Scope) Unused() []string {
	var paths []string
	for p := range s.shared().store.All() {
		if s.shared().nodes[p.Path] == nil {
			paths = append(paths, p.Path)
		}
	}
	return paths
}

// Graph is the expression graph that the nodes belong to.
func (s *Scope) Graph() *G.ExprGraph { return s.shared().graph }

// Store is where the weights live.
func (s *Scope) Store() *Store { return s.shared().store }

// Dtype is the dtype of every weight, float32 or float64.
func (s *Scope) Dtype() tensor.Dtype { return s.shared().store.Dtype() }

// Path is the scope's place in the tree, "" at the top.
func (s *Scope) Path() string {
	if s == nil {
		return ""
	}
	return s.path
}

// Seed is a seed for random layers (dropout), derived from the store's seed
// and the path: fixed for a place in a model, different between places.
func (s *Scope) Seed() uint64 {
	return mix(s.shared().store.Seed() + mix(pathHash(s.Path())+0x9e3779b97f4a7c15))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

func checkName(path, name string) error {
	if name == "" || strings.Contains(name, "/") || !utf8.ValidString(name) || join(path, name) == "__metadata__" {
		return fmt.Errorf("param: %s: name %q, want text without a slash", join(path, name), name)
	}
	return nil
}

// largest is the most elements that a weight may have.
const largest = 1 << 31

func checkShape(path string, shape []int) error {
	if len(shape) == 0 {
		return fmt.Errorf("param: %s: shape (), want at least one axis", path)
	}
	if err := checkSizes(shape); err != nil {
		return fmt.Errorf("param: %s: %w", path, err)
	}
	return nil
}

// checkSizes errs where a weight cannot have the shape.
func checkSizes(shape []int) error {
	room := largest
	for _, n := range shape {
		if n < 1 {
			return fmt.Errorf("shape %v, want sizes of at least 1", tensor.Shape(shape))
		}
		if room /= n; room < 1 {
			return fmt.Errorf("shape %v, want at most %d elements", tensor.Shape(shape), largest)
		}
	}
	return nil
}
