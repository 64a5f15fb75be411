package outcome

import (
	"cmp"
	"context"
	"time"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes/shard"
)

// refineStored moves nodes where the options say so, by edges that are read block
// by block. An interrupt ends it, and what moved stays.
func (res *Result) refineStored(ctx context.Context, s *shard.Store, labels []int) error {
	if res.Options.Refine != string(cluster.Moves) || ctx.Err() != nil {
		return nil
	}
	began, trained := time.Now(), res.Cluster
	scan, err := scanned(s, trained)
	if err != nil {
		return err
	}
	before := &scored{Cluster: trained}
	if before.Scores, err = scan.Report(labels); err != nil {
		return err
	}
	if res.Cluster, err = swept(ctx, s, trained, res.Options.K); err != nil {
		return err
	}
	if ctx.Err() != nil {
		res.Best.Interrupted = cmp.Or(res.Best.Interrupted, "some moves of nodes")
	}
	res.Trained, res.RefineSeconds = before, time.Since(began).Seconds()
	return nil
}

// swept is the clusters after nodes of a store have moved.
func swept(ctx context.Context, s *shard.Store, clusters []int, k int) ([]int, error) {
	sweep, err := refine.NewSweep(clusters, k)
	if err != nil {
		return nil, err
	}
	var degrees []float64
	for b := range s.Blocks() {
		if degrees, err = s.Degrees(b, degrees); err != nil {
			return nil, err
		}
		if err := sweep.Degrees(degrees); err != nil {
			return nil, err
		}
	}
	var e shard.Edges
	for sweep.Next() {
		for b := range s.Blocks() {
			lo, hi := s.Rows(b)
			if ctx.Err() != nil {
				return sweep.Clusters(), nil
			}
			if !sweep.Wants(int(lo), int(hi)) {
				continue
			}
			if err := s.Edges(b, &e); err != nil {
				return nil, err
			}
			if err := sweep.Rows(int(lo), e.Ptr, e.Col, e.Weight); err != nil {
				return nil, err
			}
		}
	}
	return sweep.Clusters(), nil
}
