package main

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
)

// trainStore is trainGraph on a graph on disk, which is read block by block.
func (p *program) trainStore(ctx context.Context, o options.Train) (err error) {
	started, clock := time.Now(), outcome.ClockOf(o)
	defer machine.SaveMemory()()
	if err := o.CheckFolder(); err != nil {
		return err
	}
	store, err := sharding.Open(o.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(o.Threads)) // 0 changes nothing
	o.Threads = runtime.GOMAXPROCS(0)
	if err := o.SettleStore(store.Meta()); err != nil {
		return err
	}
	needs, epochs := model.StoreNeeds(store.Meta(), o.Config, o.Restarts, o.Threads)
	if err := flags.Fits("the training", needs, o.Memory, "a smaller --k or --hidden takes less, and so do smaller blocks of the store"); err != nil {
		return err
	}

	if err := sharding.CheckNodes(ctx, store); err != nil {
		return err
	}
	digest, err := state.StoreDigest(store.Meta())
	if err != nil {
		return err
	}
	st, err := state.Open(o, digest)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	job := model.Job{Store: store, Partitions: o.Partitions, Keep: model.StoreKeep(epochs, o.Memory, o.MemoryAsked)}
	if o.MemoryAsked {
		defer machine.KeepWithin(o.Memory)()
	}
	best, err := p.trainRestarts(ctx, job, int(store.Meta().Nodes), o, st, clock)
	if err != nil {
		return err
	}
	res, err := outcome.NewStored(ctx, o.Data, store, o, best, clock)
	if err != nil {
		return cmp.Or(best.Failed, err)
	}
	res.Command = p.command
	res.Seconds, res.PeakRSS = time.Since(started).Seconds(), machine.PeakRSS()
	return st.Deliver(ctx, res, p.stdout,
		func() error { return outcome.WriteStored(context.WithoutCancel(ctx), res, store) },
		func() error { return p.showStored(res, store) })
}
