package outcome

import (
	"cmp"
	"context"
	"time"

	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes/shard"
)

// refineStored moves nodes, by edges that are read block by block. An interrupt
// ends it, and what moved stays.
func (res *Result) refineStored(ctx context.Context, s *shard.Store, labels []int) error {
	if ctx.Err() != nil { // perhaps after the last epoch
		res.Best.Interrupted = cmp.Or(res.Best.Interrupted, "the training, before the refining")
		return nil
	}
	trained := res.Cluster
	scan, err := scanned(s, trained)
	if err != nil {
		return err
	}
	before := &scored{Cluster: trained}
	if before.Scores, err = scan.Report(labels); err != nil {
		return err
	}
	began := time.Now()
	clusters, whole, err := swept(ctx, s, trained, res.Options.K)
	if err != nil {
		return err
	}
	if !whole {
		res.Best.Interrupted = "a part of the refining"
	}
	res.Cluster, res.Trained, res.RefineSeconds = clusters, before, time.Since(began).Seconds()
	return nil
}

// swept is the clusters after nodes of a store have moved, and whether all did
// that wanted to.
func swept(ctx context.Context, s *shard.Store, clusters []int, k int) (moved []int, whole bool, err error) {
	sweep, err := refine.NewSweep(clusters, k)
	if err != nil {
		return nil, false, err
	}
	var degrees []float64
	for b := range s.Blocks() {
		if degrees, err = s.Degrees(b, degrees); err != nil {
			return nil, false, err
		}
		if err := sweep.Degrees(degrees); err != nil {
			return nil, false, err
		}
	}
	var e shard.Edges
	for sweep.Next() {
		for b := range s.Blocks() {
			lo, hi := s.Rows(b)
			if !sweep.Wants(int(lo), int(hi)) {
				continue
			}
			if ctx.Err() != nil {
				return sweep.Clusters(), false, nil
			}
			if err := s.Edges(b, &e); err != nil {
				return nil, false, err
			}
			if err := sweep.Rows(int(lo), e.Ptr, e.Col, e.Weight); err != nil {
				return nil, false, err
			}
		}
	}
	return sweep.Clusters(), true, nil
}
