package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

// karateRestarts is how often the command without arguments trains.
const karateRestarts = 10

// trainKarate is the command without arguments.
func (p *program) trainKarate(ctx context.Context) error {
	o := options.Default()
	o.Restarts = karateRestarts
	return p.trainGraph(ctx, o)
}

// trainGraph loads, trains, measures, writes and tells. Whatever can be wrong
// with the request is found before the first epoch.
func (p *program) trainGraph(ctx context.Context, o options.Train) (err error) {
	if reading.IsStore(o.Data) {
		return p.trainStore(ctx, o)
	}
	started, clock := time.Now(), outcome.ClockOf(o)
	defer machine.SaveMemory()()
	if err := o.CheckFolder(); err != nil {
		return err
	}
	g, name, err := p.loadGraph(ctx, o)
	if err != nil {
		return err
	}
	told, err := options.ReadStart(&o, g)
	if err != nil {
		return err
	}
	followed, err := options.ReadEarlier(&o, g)
	if err != nil {
		return err
	}
	told = append(told, followed...)
	if err := o.SettleClusters(g.Nodes, true); err != nil {
		return err
	}
	if err := flags.Fits("the training", model.Memory(g, o.Config), o.Memory, "a smaller --k or --hidden takes less"); err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(o.Threads)) // 0 changes nothing
	o.Threads = runtime.GOMAXPROCS(0)

	o.SettleLevels()
	digest := ""
	if o.State != "" {
		digest = state.Digest(g)
	}
	st, err := state.Open(o, digest)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()

	machine.FreeBetween(g.Nodes) // what reading the file took
	tried, err := p.settleK(ctx, g, &o, st, clock)
	if err != nil {
		return err
	}
	best, err := p.trainRestarts(ctx, model.Job{Graph: g}, g.Nodes, o, st, clock)
	if err != nil {
		return err
	}
	res, err := outcome.New(context.WithoutCancel(ctx), name, g, o, best, clock)
	if err != nil {
		return err
	}
	res.Changes = append(slices.Clone(res.Changes), told...)
	res.TriedK = tried
	res.Command = p.command
	res.Seconds, res.PeakRSS = time.Since(started).Seconds(), machine.PeakRSS()
	return st.Deliver(ctx, res, p.stdout,
		func() error { return outcome.WriteFiles(context.WithoutCancel(ctx), res, g) },
		func() error { return p.show(res, g) })
}

// show prints what was asked for to standard output: the summary, the clusters
// or metrics.json; the summary beside the clusters goes to standard error. Under
// --quiet only its warning is left of it.
func (p *program) show(res *outcome.Result, g *graphfile.Graph) error {
	return p.showWith(res, func(w io.Writer, kind assignment.Kind) error { return outcome.WriteAssignments(w, res, g, kind) })
}

// showStored is show of a training on a store.
func (p *program) showStored(res *outcome.Result, s *shard.Store) error {
	return p.showWith(res, func(w io.Writer, kind assignment.Kind) error { return outcome.WriteStoredAssignments(w, res, s, kind) })
}

func (p *program) showWith(res *outcome.Result, assignments func(io.Writer, assignment.Kind) error) error {
	o := res.Options
	if p.jsonLog && !o.Quiet {
		p.logTiming(res)
	}
	if o.JSON {
		if err := metricsfile.Write(p.stdout, outcome.MetricsFile(res)); err != nil {
			return err
		}
	}
	if o.Out == options.Stream {
		if err := assignments(p.stdout, options.FormatNamed(o.Formats[0]).Kind); err != nil {
			return err
		}
	}
	switch {
	case o.Quiet || o.JSON:
		for _, w := range []string{outcome.DivergedWarning(res), outcome.SizesWarning(res)} {
			if w != "" {
				p.log.Warn(w)
			}
		}
		return nil
	case o.Out == options.Stream && p.jsonLog:
		p.logResult(res)
		return nil
	case o.Out == options.Stream:
		_, err := p.stderr.Write([]byte(outcome.Summary(res, text.Style{})))
		return err
	}
	_, err := p.stdout.Write([]byte(outcome.Summary(res, p.style)))
	return err
}

// logResult tells the result where the clusters go to standard output and the
// log has objects.
func (p *program) logResult(res *outcome.Result) {
	p.log.Info("done", "effective_clusters", metricsfile.Figure(res.Scores.EffectiveClusters),
		"modularity", metricsfile.Figure(res.Scores.Modularity), "seconds", res.Seconds)
}

// logTiming tells what each part took, by its name.
func (p *program) logTiming(res *outcome.Result) {
	var seconds []any
	for _, t := range res.Clock.Timing() {
		seconds = append(seconds, slog.Float64(t.Part, t.Seconds))
	}
	if seconds != nil {
		p.log.Info("timing", slog.Group("seconds", seconds...))
	}
}

// loadGraph reads the file, or takes the karate club where none is named.
func (p *program) loadGraph(ctx context.Context, o options.Train) (*graphfile.Graph, string, error) {
	if o.Data == "" {
		g, err := karate.Graph()
		return g, karate.Name, err
	}
	g, err := reading.Graph(ctx, o.Data, p.stdin, o.Reading)
	if err != nil {
		return nil, "", err
	}
	if err := o.Reading.MakeFeatures(g, o.Seed); err != nil {
		return nil, "", err
	}
	return g, o.Data, reading.CheckScale(g, o.Dtype)
}

// settleK chooses k where that is asked and st has not done it.
func (p *program) settleK(ctx context.Context, g *graphfile.Graph, o *options.Train, st *state.State, clock *outcome.Clock) (tried []outcome.Tried, err error) {
	if !o.KAuto {
		return nil, nil
	}
	clock.Begin(outcome.PartChoosing)
	if o.K, tried = st.Chosen(), st.Tried(); o.K == 0 {
		if o.K, tried, err = p.chooseK(ctx, g, *o, st); err != nil {
			return nil, err
		}
		if err := st.Choose(o.K, tried); err != nil {
			return nil, err
		}
	}
	o.SettleLevels()
	return tried, nil
}
