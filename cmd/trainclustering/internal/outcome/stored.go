package outcome

import (
	"context"
	"errors"
	"io"
	"math"
	"runtime/debug"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

// NewStored refines the clusters of a training on a store, measures them, in one
// pass over the edges a restart and one before refining, and gives up its shares. An
// interrupt leaves nodes where they are that would move later. There are no other
// clusterings beside them: these would need the graph in memory.
// The clock is told of it.
func NewStored(ctx context.Context, name string, s *shard.Store, o options.Train, best *Best, clock *Clock) (*Result, error) {
	m := s.Meta()
	res := &Result{
		Clock: clock, Stored: true,
		Source: name, Version: build.Version(), Options: o, Nodes: int(m.Nodes), Features: m.Features,
		Weighted: m.Weighted, Best: best, SecondsPerEpoch: median(best.Steps),
	}
	labels, err := storedLabels(s)
	if err != nil {
		return nil, failure.Failedf("reading the labels: %w", err)
	}
	res.Classes, res.Cluster = view.CountClasses(labels), best.Found[best.Restart]
	if o.Refine == string(cluster.Moves) {
		clock.Begin(PartRefining)
		if err := res.refineStored(ctx, s, labels); err != nil {
			return nil, failure.Failedf("refining the clusters: %w", err)
		}
	}
	clock.Begin(PartMeasuring)
	res.Confidence = sharesOf(res.Cluster, best.Shares, o.K)
	best.Shares = nil // by far the most of the memory
	debug.FreeOSMemory()
	res.Sizes = make([]int, o.K)
	for _, c := range res.Cluster {
		res.Sizes[c]++
	}
	if err := res.measureStored(s, labels); err != nil {
		return nil, failure.Failedf("measuring the clusters: %w", err)
	}
	return res, nil
}

// sharesOf is the share of each node that its cluster has.
func sharesOf(clusters []int, shares []float32, k int) []float32 {
	out := make([]float32, len(clusters))
	for i, c := range clusters {
		out[i] = shares[i*k+c]
	}
	return out
}

// measureStored fills in the figures.
func (res *Result) measureStored(s *shard.Store, labels []int) error {
	scan, err := scanned(s, res.Cluster)
	if err != nil {
		return err
	}
	if res.Scores, err = scan.Report(labels); err != nil {
		return err
	}
	res.Edges = int((s.Meta().Entries + scan.Loops()) / 2)
	m := &res.Measured
	m.Coverage = scan.Coverage()
	m.Parts, res.Disconnected = metricsfile.PartsOf(scan.Parts())
	if labels != nil {
		if m.Labels, err = metrics.Compare(res.Cluster, labels); err != nil {
			return err
		}
	}
	for _, found := range res.Best.Found {
		q := res.Scores.Modularity
		switch {
		case found == nil: // it diverged
			q = math.NaN()
		case res.Trained != nil && slices.Equal(found, res.Trained.Cluster):
			q = res.Trained.Scores.Modularity
		case !slices.Equal(found, res.Cluster):
			other, err := scanned(s, found)
			if err != nil {
				return err
			}
			r, err := other.Report(nil)
			if err != nil {
				return err
			}
			q = r.Modularity
		}
		m.Modularities = append(m.Modularities, metricsfile.Figure(q))
	}
	res.Agreement = math.NaN()
	if m.Agreement, err = metricsfile.NewAgreement(res.Best.Found); m.Agreement != nil {
		res.Agreement = float64(m.Agreement.Mean)
	}
	return err
}

// scanned reads the edges of a store once.
func scanned(s *shard.Store, clusters []int) (*metrics.Scan, error) {
	scan, err := metrics.NewScan(clusters)
	if err != nil {
		return nil, err
	}
	var e shard.Edges
	for b := range s.Blocks() {
		if err := s.Edges(b, &e); err != nil {
			return nil, err
		}
		if err := scan.Rows(e.Ptr, e.Col, e.Weight); err != nil {
			return nil, err
		}
	}
	return scan, nil
}

// storedLabels is the classes of all nodes, nil where no node has one.
func storedLabels(s *shard.Store) ([]int, error) {
	if !s.Meta().Labels {
		return nil, nil
	}
	all, some := make([]int, 0, s.Meta().Nodes), false
	var of []int32
	for b := range s.Blocks() {
		var err error
		if of, err = s.Labels(b, of); err != nil {
			return nil, err
		}
		for _, l := range of {
			all, some = append(all, int(l)), some || l != graphfile.Unlabeled
		}
	}
	if !some {
		return nil, nil
	}
	return all, nil
}

// WriteStored writes the files of --out of a training on a store: the clusters,
// history, metrics, configuration and model.
func WriteStored(ctx context.Context, res *Result, s *shard.Store) error {
	res.Clock.Begin(PartWriting)
	out := &output{res: res, metrics: MetricsFile(res)}
	var files []outdir.File
	add := func(name string, write func(io.Writer) error) {
		files = append(files, outdir.File{Name: name, Write: write})
	}
	for _, name := range res.Options.Formats {
		f := options.FormatNamed(name)
		add(f.Files[0], func(w io.Writer) error { return WriteStoredAssignments(w, res, s, f.Kind) })
	}
	add(options.HistoryFile, func(w io.Writer) error { return writeHistory(w, res) })
	add(options.ConfigFile, func(w io.Writer) error { return writeConfig(w, res) })
	add(options.ModelFile, out.writeModel)
	add(options.MetricsJSON, out.writeMetrics)
	return res.write(ctx, files)
}

// WriteStoredAssignments writes a file of assignments of the nodes of a store:
// by their names, in the store's order, or by their numbers in the input, in its
// order. Names are read block by block as they are written.
func WriteStoredAssignments(w io.Writer, res *Result, s *shard.Store, kind assignment.Kind) error {
	t := assignment.Table{Cluster: res.Cluster, Share: res.Confidence}
	if s.Meta().Named {
		names := &storedNames{store: s, safe: kind != assignment.JSON}
		t.NameAt = names.at
		return errors.Join(assignment.Write(w, t, kind), names.err)
	}
	if !s.Meta().Ordered {
		return assignment.Write(w, t, kind)
	}
	t.Cluster, t.Share = make([]int, res.Nodes), make([]float32, res.Nodes)
	var order []int64
	for b := range s.Blocks() {
		var err error
		if order, err = s.Order(b, order); err != nil {
			return err
		}
		lo, _ := s.Rows(b)
		for i, to := range order {
			t.Cluster[to], t.Share[to] = res.Cluster[int(lo)+i], res.Confidence[int(lo)+i]
		}
	}
	return assignment.Write(w, t, kind)
}
