package main

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// otherClusters is the number of clusters looked for in a graph of the user's
// where none is asked.
const otherClusters = 16

// trainKarate is the command without arguments: ten restarts on the karate club.
func (p *program) trainKarate(ctx context.Context) error {
	return p.trainGraph(ctx, trainOptions{
		trainConfig: trainConfig{
			Method: "dmon", Hidden: []int{64}, Encoder: "gcn", Epochs: 1000, LR: 0.001,
			LossWeights: methodLosses("dmon"), Anneal: "linear", Dtype: "float32",
		},
		Restarts: 10,
	})
}

// trainGraph loads, trains, measures, writes and tells. Whatever can be wrong
// with the request is found before the first epoch.
func (p *program) trainGraph(ctx context.Context, o trainOptions) error {
	started := time.Now()
	defer lean()()
	if err := checkOut(o.Out); err != nil {
		return err
	}
	g, name, err := loadGraph(o.Data)
	if err != nil {
		return err
	}
	if err := fitClusters(&o, g.Nodes); err != nil {
		return err
	}
	if o.Threads > 0 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(o.Threads))
	}
	o.Threads = runtime.GOMAXPROCS(0)

	debug.FreeOSMemory() // what reading the file took
	kept, err := p.trainRestarts(ctx, g, o)
	if err != nil {
		return err
	}
	res, err := newResult(name, g, o, kept)
	if err != nil {
		return err
	}
	res.Seconds, res.PeakRSS = time.Since(started).Seconds(), peakRSS()
	if o.Out != "" {
		if err := writeResult(ctx, res, g); err != nil {
			return err
		}
	}
	return p.tell(res)
}

// tell prints the summary, or under --quiet its warning alone.
func (p *program) tell(res *result) error {
	if res.Options.Quiet {
		if w := collapseWarning(res); w != "" {
			_, err := p.stderr.Write([]byte("trainclustering: " + w + "\n"))
			return err
		}
		return nil
	}
	_, err := p.stdout.Write([]byte(summary(res, p.style)))
	return err
}

// loadGraph reads the file, or takes the karate club where none is named.
func loadGraph(path string) (*graphfile.Graph, string, error) {
	if path == "" {
		g, err := karate()
		return g, karateName, err
	}
	g, err := graphfile.Read(path)
	if err != nil {
		return nil, "", dataFailure(err)
	}
	return g, path, nil
}

// fitClusters sets k where it was not given, and checks it against the graph.
func fitClusters(o *trainOptions, nodes int) error {
	if nodes == 0 {
		return failedf("%s has no nodes", o.Data)
	}
	if nodes > math.MaxInt32/2 {
		return failedf("%s has %d nodes, more than this program takes", o.Data, nodes)
	}
	if o.kGiven {
		if o.K > nodes {
			return usagef("--k = %d, want 1 to %d, the number of nodes", o.K, nodes)
		}
		return nil
	}
	o.K = otherClusters
	if o.Data == "" {
		o.K = karateClusters
	}
	if o.K > nodes {
		return usagef("--k is needed: its default %d is more than the graph's %s", o.K, plural(nodes, "node")).
			withHint("try --k 2")
	}
	return nil
}
