// Command serve answers HTTP requests with the class of a graph:
//
//	go run ./docs/tutorials/serve MODEL ADDRESS
//
// MODEL is a file that docs/tutorials/classifier wrote. A request is a POST to
// /classify of JSON with the number of nodes, the edges, and the features of
// the nodes where the model was trained with some:
//
//	{"nodes": 3, "edges": [[0, 1], [1, 2]], "x": [[1, 0], [0, 1], [1, 0]]}
//
// The answer is {"class": 0, "shares": [0.9, 0.1]}.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"sync"
	"time"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// The largest graph that is served.
const (
	mostNodes   = 1000
	mostEntries = 10000 // two for an edge
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: serve MODEL ADDRESS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run(file, address string) error {
	m, err := load(file)
	if err != nil {
		return err
	}
	server := http.Server{Addr: address, Handler: m.handler(), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	return server.ListenAndServe()
}

// model is a compiled model. A compiled graph serves one request at a time.
type model struct {
	mu   sync.Mutex
	in   modes.Graph
	eval *train.Evaluator
}

// load compiles the model of a file for graphs of any size up to the largest.
func load(file string) (*model, error) {
	store, ls, err := layers.Load(file)
	if err != nil {
		return nil, err
	}
	width := 0 // of the features: the rows of the first layer's kernel
	for p := range store.All() {
		width = p.Tensor.Shape()[0]
		break
	}
	sc := store.Scope(G.NewGraph(), false)
	first := &modes.Host{Nodes: 1, X: tensor.New(tensor.WithShape(1, width), tensor.Of(tensor.Float32))}
	m := &model{}
	m.in, err = modes.NewDisjoint(sc.Graph(), "graph", []*modes.Host{first}, tensor.Float32, modes.Budget{Graphs: 1, Nodes: mostNodes, Edges: mostEntries})
	if err != nil {
		return nil, err
	}
	out, err := layers.Sequence(sc, m.in, ls...)
	if err != nil {
		return nil, err
	}
	m.eval, err = train.NewEvaluator(out.X.Dense)
	return m, err
}

// request is a graph as it comes in.
type request struct {
	Nodes int         `json:"nodes"`
	Edges [][2]int    `json:"edges"`
	X     [][]float32 `json:"x"`
}

// host is the graph as the model was trained on such graphs.
func (r request) host() (*modes.Host, error) {
	if r.Nodes < 1 || r.Nodes > mostNodes || len(r.Edges) > mostEntries/2 {
		return nil, fmt.Errorf("%d nodes and %d edges, want 1 to %d nodes and at most %d edges", r.Nodes, len(r.Edges), mostNodes, mostEntries/2)
	}
	var row, col []int
	for _, e := range r.Edges {
		row, col = append(row, e[0], e[1]), append(col, e[1], e[0])
	}
	h, err := modes.FromCOO(r.Nodes, row, col, nil)
	if err != nil {
		return nil, err
	}
	if len(r.X) > 0 {
		if h.X, err = matrix(r.X, r.Nodes); err != nil {
			return nil, err
		}
	}
	graphs, err := modes.WithOneHotDegrees([]*modes.Host{h}, 10)
	if err != nil {
		return nil, err
	}
	return graphs[0], nil
}

func matrix(x [][]float32, rows int) (*tensor.Dense, error) {
	if len(x) != rows || len(x[0]) == 0 {
		return nil, fmt.Errorf("x has %d rows, want one of at least 1 number for each of the %d nodes", len(x), rows)
	}
	var all []float32
	for i, r := range x {
		if len(r) != len(x[0]) {
			return nil, fmt.Errorf("row %d of x has %d numbers, want %d as the first", i, len(r), len(x[0]))
		}
		all = append(all, r...)
	}
	return tensor.New(tensor.WithShape(rows, len(x[0])), tensor.WithBacking(all)), nil
}

// answer is the class of a graph, and the share of each.
type answer struct {
	Class  int       `json:"class"`
	Shares []float64 `json:"shares"`
}

func (m *model) classify(h *modes.Host) (a answer, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := modes.SetDisjoint(m.in, []*modes.Host{h}); err != nil {
		return a, err
	}
	values, err := m.eval.Run()
	if err != nil {
		return a, err
	}
	logits, ok := values[0].Data().([]float32)
	if !ok {
		return a, errors.New("the model gives no row of float32")
	}
	sum := 0.
	for c, z := range logits {
		if z > logits[a.Class] {
			a.Class = c
		}
	}
	for _, z := range logits {
		share := math.Exp(float64(z - logits[a.Class]))
		a.Shares, sum = append(a.Shares, share), sum+share
	}
	for c := range a.Shares {
		a.Shares[c] /= sum
	}
	return a, nil
}

func (m *model) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /classify", func(w http.ResponseWriter, r *http.Request) {
		var q request
		var h *modes.Host
		var a answer
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&q)
		if err == nil {
			h, err = q.host()
		}
		if err == nil {
			a, err = m.classify(h)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(a) // nobody is left to tell
	})
	return mux
}
