package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/graphpool/graphpool/docs/performance/internal/runner"
)

// graph is one that epochs are measured on.
type graph struct {
	name   string
	file   string // in --data; "": generated
	k      int
	epochs int      // of ours
	forms  []string // the features, as the peer may have them
}

var graphs = []graph{
	{"Cora", "cora.npz", 16, 300, []string{"sparse", "dense"}},
	{"PubMed", "pubmed.npz", 16, 150, []string{"sparse", "dense"}},
	{"Amazon computers", "amazon_electronics_computers.npz", 16, 100, []string{"dense", "sparse"}},
	{"arxiv size", "", 40, 20, []string{"dense"}},
}

// generated is the file of the graph that graph.py makes.
const generated = "arxiv_size.npz"

// epoch is an epoch of a method on a graph, beside a peer that computes Â·X in
// each epoch and beside one that keeps it; nothing where there is no graph.
func (b *bench) epoch(g graph, method string) []item {
	path := filepath.Join(b.data, g.file)
	if g.file == "" {
		path = filepath.Join(b.work, generated)
	} else if _, err := os.Stat(path); b.data == "" || err != nil {
		return nil
	}
	name := method + ", " + g.name
	return []item{b.beside(g, method, path, name), b.beside(g, method, path, name+", torch keeps ÂX", "--keep")}
}

// beside is an epoch of ours and one of the peer's, whose script gets flags.
func (b *bench) beside(g graph, method, path, name string, flags ...string) item {
	forms := g.forms
	return item{
		group: "epoch", name: name, memory: true,
		ours: func() (sample, error) {
			if err := b.prepare(g, path); err != nil {
				return sample{}, err
			}
			return b.train(path, method, g)
		},
		peer: func() (s sample, err error) {
			if s, err = b.peerEpoch(filepath.Base(path), method, g.k, forms, flags); err == nil {
				forms = []string{s.Note} // the fastest of the first round serves the others
				s.Note = "X " + s.Note
			}
			return s, err
		},
	}
}

// prepare puts the graph where the peer finds it, once.
func (b *bench) prepare(g graph, path string) error {
	if _, err := os.Stat(filepath.Join(b.work, filepath.Base(path))); err == nil {
		return nil
	}
	if g.file != "" {
		return b.bring(path)
	}
	if b.peer == nil {
		return fmt.Errorf("no %s, which graph.py of the peer writes", path)
	}
	_, err := runner.Output(b.work, nil, b.peer[0], append(append([]string{}, b.peer[1:]...), "graph.py", generated)...)
	return err
}

// train is a training of ours.
func (b *bench) train(path, method string, g graph) (sample, error) {
	bin, err := b.build("./cmd/trainclustering", "build")
	if err != nil {
		return sample{}, err
	}
	t := runner.Training{Bin: bin, File: path, Method: method, K: g.k, Epochs: g.epochs, Threads: b.threads}
	m, err := t.In(filepath.Join(b.temp, "out"))
	return sample{MS: 1e3 * m.Seconds, RSS: m.RSS}, err
}

// peerEpoch is the fastest of the peer's forms.
func (b *bench) peerEpoch(file, method string, k int, forms, flags []string) (sample, error) {
	var best sample
	for _, form := range forms {
		r, err := b.script(append([]string{"epoch.py", file, "--method", method, "--k", strconv.Itoa(k), "--features", form}, flags...)...)
		if err != nil {
			return sample{}, err
		}
		if best.MS == 0 || r.MS < best.MS {
			best = sample{MS: r.MS, RSS: r.RSS, Note: form}
		}
	}
	return best, nil
}
