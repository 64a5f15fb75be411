package cluster

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/ops"
)

// Model is a trained model with all that it takes to cluster other nodes: how
// their features are made, the layers, and the weights.
type Model struct {
	K      int
	Map    *embed.Map // nil: the features are taken as they come
	Store  *param.Store
	Layers []layers.Layer

	// Propagated is the hops over which features go, by Â of modes.GCN, before the
	// layers read them; of a streamed training its Streamed.Hops.
	Propagated int

	mixed mix // the neighbours that the training saw beside the edges
}

// Model is what was trained on the task, for nodes to come.
func (t *Task) Model(tr *Trained) Model {
	m := Model{K: len(tr.Shares) / len(tr.Clusters), Store: tr.Store, Layers: tr.Layers}
	if !t.Raw() {
		m.Map, m.mixed = &t.Map, t.mixed
	}
	return m
}

// Predict is the task of h, with features as the model's own graph has them,
// and the soft assignment of its nodes, nodes×K. On the graph that the model
// was trained on they have the bits of the training's result. It errs where h
// has other features than that graph.
func (m Model) Predict(h *modes.Host) (*Task, []float32, error) { return m.PredictAmong(h, nil) }

// PredictAmong is Predict of a model whose features are the rows of the
// adjacency, on a graph that has other nodes than that of the training: node i
// of h is node nodes[i] of the training, −1: none of it. What the model learned
// of a node's neighbours is then read of those it knows. nil: the nodes are the
// same, in the same order; other models do not read nodes.
func (m Model) PredictAmong(h *modes.Host, nodes []int32) (*Task, []float32, error) {
	t, err := m.task(h, nodes)
	if err != nil {
		return nil, nil, err
	}
	shares, err := (&model{input: t.input, store: m.Store, layers: m.Layers}).shares()
	return t, shares, err
}

func (m Model) task(h *modes.Host, nodes []int32) (*Task, error) {
	if m.Map == nil {
		h, err := m.among(h, nodes)
		if err == nil {
			h, err = propagated(h, m.Propagated)
		}
		if err != nil {
			return nil, err
		}
		return NewRaw(h)
	}
	z, err := m.Map.ApplyTo(h, nodes)
	if err != nil {
		return nil, err
	}
	t, err := newTask(h, z, *m.Map)
	if err != nil || m.mixed.Share == 0 {
		return t, err
	}
	return t, t.Mix(m.mixed.Share, m.mixed.Seed)
}

// among is h with the rows of its adjacency as features, their columns those of
// the nodes of the training; h as it is where nodes is nil or h has features.
func (m Model) among(h *modes.Host, nodes []int32) (*modes.Host, error) {
	if nodes == nil || h.X != nil || h.SparseX != nil {
		return h, nil
	}
	width, err := m.width()
	if err != nil {
		return nil, err
	}
	p, weights, err := h.Entries()
	if err != nil {
		return nil, err
	}
	if len(nodes) != h.Nodes {
		return nil, fmt.Errorf("cluster: %d nodes matched, want the %d of the graph", len(nodes), h.Nodes)
	}
	ptr, x := make([]int32, h.Nodes+1), &modes.HostSparse{}
	var col []int32
	for i := range h.Nodes {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			c := nodes[p.Col()[e]]
			if c < -1 || int(c) >= width {
				return nil, fmt.Errorf("cluster: node %d matched to %d, want -1 to %d", p.Col()[e], c, width-1)
			}
			if c < 0 {
				continue
			}
			w := 1.0
			if weights != nil {
				w = weights[e]
			}
			col, x.Values = append(col, c), append(x.Values, w)
		}
		ptr[i+1] = int32(len(col))
	}
	if x.Pattern, err = ops.NewPattern(h.Nodes, width, ptr, col); err != nil {
		return nil, err
	}
	out := *h
	out.SparseX = x
	return &out, nil
}

// width is how many columns of features the first kernel reads.
func (m Model) width() (int, error) {
	for p := range m.Store.All() {
		if s := p.Tensor.Shape(); s.Dims() == 2 {
			return s[0], nil
		}
	}
	return 0, errors.New("cluster: the model has no kernel, want one that reads features")
}

// Where a file has the directions of the features.
const (
	directionsPrefix = "features/"
	basisPath        = directionsPrefix + "basis"
	turnPath         = directionsPrefix + "turn"
)

// modelFile is what a file has beside tensors.
type modelFile struct {
	K      int             `json:"k"`
	Layers json.RawMessage `json:"layers"`
	Map    *mapFile        `json:"features"`
	Mixed  *mix            `json:"neighbours,omitempty"`
	Hops   int             `json:"propagated,omitempty"` // Model.Propagated
	Note   json.RawMessage `json:"note,omitempty"`
}

// maxPropagated is the most hops that the features of a model go over.
const maxPropagated = 1000

// mapFile is an embed.Map but for its directions.
type mapFile struct {
	Kind       embed.Kind `json:"kind"`
	Columns    int        `json:"columns"`
	Hops       int        `json:"hops"`
	Scale      []float32  `json:"scale,omitempty"`
	Mean       []float64  `json:"mean,omitempty"`
	Shift      []float64  `json:"shift,omitempty"`
	Directions [3]int     `json:"directions"` // embed.Directions: Cols, Wide, Narrow
}

// Save writes the model as one safetensors file, whole or not at all, with
// note, any JSON value (nil for none). It errs for layers that have no
// configuration; see layers.Marshal.
func (m Model) Save(file string, note json.RawMessage) error {
	all, config, err := m.file(note)
	if err != nil {
		return fmt.Errorf("cluster: save %s: %w", file, err)
	}
	return all.Save(file, config)
}

// Write writes what Save puts into a file.
func (m Model) Write(w io.Writer, note json.RawMessage) error {
	all, config, err := m.file(note)
	if err != nil {
		return fmt.Errorf("cluster: write a model: %w", err)
	}
	return all.Write(w, config)
}

// file is the tensors and the header of a file.
func (m Model) file(note json.RawMessage) (all *param.Store, config json.RawMessage, err error) {
	f := modelFile{K: m.K, Hops: m.Propagated, Note: note}
	if f.Layers, err = layers.MarshalModel(m.Layers...); err != nil {
		return nil, nil, err
	}
	if m.mixed.Share != 0 {
		f.Mixed = &m.mixed
	}
	all = m.Store.Clone()
	if m.Map != nil {
		d := m.Map.Directions
		f.Map = &mapFile{
			Kind: m.Map.Kind, Columns: m.Map.Columns, Hops: m.Map.Hops, Scale: m.Map.Scale,
			Mean: m.Map.Mean, Shift: m.Map.Shift, Directions: [3]int{d.Cols, d.Wide, d.Narrow},
		}
		if d.Narrow > 0 {
			err = errors.Join(put(all, basisPath, d.Basis, d.Cols, d.Wide), put(all, turnPath, d.Turn, d.Wide, d.Narrow))
		}
	}
	if err != nil {
		return nil, nil, err
	}
	config, err = json.Marshal(f)
	return all, config, err
}

// put adds a matrix to a store, in the store's dtype, which has it exactly.
func put(s *param.Store, path string, x []float32, rows, cols int) error {
	var backing any = x
	if s.Dtype() == tensor.Float64 {
		wide := make([]float64, len(x))
		for i, v := range x {
			wide[i] = float64(v)
		}
		backing = wide
	}
	return s.Put(path, tensor.New(tensor.WithShape(rows, cols), tensor.WithBacking(backing)))
}

// Load reads what Save wrote, and its note. It errs for a file that is not
// whole, or of something else.
func Load(file string) (Model, json.RawMessage, error) {
	m, note, err := load(file)
	if err != nil {
		return Model{}, nil, fmt.Errorf("cluster: load %s: %w", file, err)
	}
	return m, note, nil
}

func load(file string) (m Model, note json.RawMessage, err error) {
	all, info, err := param.Open(file)
	if err != nil {
		return m, nil, err
	}
	var f modelFile
	if err := json.Unmarshal(info.Config, &f); err != nil || f.K < 1 || f.Layers == nil {
		return m, nil, errors.New("the file is no model of package cluster: its header has no layers or no k")
	}
	if f.Hops < 0 || f.Hops > maxPropagated || f.Hops > 0 && f.Map != nil {
		return m, nil, fmt.Errorf("propagated = %d in the header, want 0 to %d, of features as they came", f.Hops, maxPropagated)
	}
	m.K, m.Propagated = f.K, f.Hops
	if m.Layers, err = layers.UnmarshalModel(f.Layers); err != nil {
		return m, nil, err
	}
	if m.Store, err = param.NewStore(all.Dtype(), all.Seed()); err != nil {
		return m, nil, err
	}
	for p := range all.All() {
		if !strings.HasPrefix(p.Path, directionsPrefix) {
			if err := m.Store.Put(p.Path, p.Tensor); err != nil {
				return m, nil, err
			}
		}
	}
	m.Store.Seal()
	if f.Mixed != nil {
		if m.mixed = *f.Mixed; !(m.mixed.Share >= 0 && m.mixed.Share <= 1e6) || f.Map == nil {
			return m, nil, fmt.Errorf("neighbours of share %g in the header, want 0 or more, of features that were made", m.mixed.Share)
		}
	}
	if f.Map != nil {
		m.Map, err = f.Map.of(all)
	}
	return m, f.Note, err
}

// of is the map, with its directions from a store.
func (f mapFile) of(all *param.Store) (*embed.Map, error) {
	d := embed.Directions{Cols: f.Directions[0], Wide: f.Directions[1], Narrow: f.Directions[2]}
	m := &embed.Map{
		Chosen: embed.Chosen{Kind: f.Kind, Columns: f.Columns, Hops: f.Hops},
		Scale:  f.Scale, Mean: f.Mean, Shift: f.Shift,
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	var err error
	if d.Narrow > 0 {
		var e error
		d.Basis, err = matrix(all, basisPath, d.Cols, d.Wide)
		d.Turn, e = matrix(all, turnPath, d.Wide, d.Narrow)
		err = errors.Join(err, e)
	}
	m.Directions = d
	return m, err
}

func (f mapFile) check() error {
	cols := f.Directions[0]
	switch {
	case f.Kind != embed.Word && f.Kind != embed.Number && f.Kind != embed.Pattern:
		return fmt.Errorf("features of kind %d, want one that was chosen", f.Kind)
	case f.Hops < 0 || f.Hops > 1<<20:
		return fmt.Errorf("hops = %d in the header, want at least 0", f.Hops)
	case f.Kind != embed.Number && len(f.Scale) != cols,
		f.Mean != nil && (len(f.Mean) != cols || len(f.Shift) != cols):
		return fmt.Errorf("the header has scales of other than the %d columns of the features", cols)
	}
	return nil
}

// matrix is a matrix of a store as float32.
func matrix(s *param.Store, path string, rows, cols int) ([]float32, error) {
	p := s.Get(path)
	if p == nil || !p.Tensor.Shape().Eq(tensor.Shape{rows, cols}) {
		return nil, fmt.Errorf("%s: missing, or not of shape (%d, %d)", path, rows, cols)
	}
	return float32s(p.Tensor)
}
