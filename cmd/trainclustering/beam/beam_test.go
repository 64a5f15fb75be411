package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/shard"
)

func TestMain(m *testing.M) {
	registerAll()
	os.Exit(m.Run())
}

const epochsOfTest = 4

// config is what the command makes of the flags of a test.
func config(method string) model.Config {
	c := model.Default()
	c.Method, c.K, c.Epochs, c.Hidden = method, clusters, epochsOfTest, []int{16}
	c.Features, c.Init, c.Neighbours, c.Refine, c.Encoder, c.Hops = model.FeaturesRaw, string(cluster.KMeans), 0, string(cluster.None), "gcn", 0
	return c
}

// streamed is the totals and the shares of a training by one process.
func streamed(t *testing.T, store, method string, with func(*param.Store) (stream.Passes, error)) (totals []float64, shares []float32) {
	t.Helper()
	s, err := shard.Open(store)
	require.NoError(t, err)
	defer s.Close()
	job := model.Job{Store: s, Config: config(method), Passes: with}
	job.OnEpoch = func(_ int, r model.EpochResult, _ model.Saver) error {
		totals = append(totals, r.Total)
		return nil
	}
	fit, err := model.NewTrainer()(context.Background(), job)
	require.NoError(t, err)
	return totals, fit.Shares
}

// history is the last column of history.csv.
func history(t *testing.T, out string) (totals []float64) {
	t.Helper()
	f, err := os.Open(filepath.Join(out, "history.csv"))
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[len(row)-1], 64)
		require.NoError(t, err)
		totals = append(totals, v)
	}
	return totals
}

// trained runs the command, which has to print nothing.
func trained(t *testing.T, store, method string, more ...string) (out string) {
	t.Helper()
	out = filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	args := append([]string{
		"trainclustering-beam", "--data", store, "--method", method, "--k", strconv.Itoa(clusters), "--hidden", "16",
		"--epochs", strconv.Itoa(epochsOfTest), "--out", out, "--quiet",
	}, more...)
	require.Zero(t, run(context.Background(), args, &stdout, &stderr), stderr.String())
	assert.Empty(t, stdout.String())
	assert.Empty(t, stderr.String())
	return out
}

// On Beam's runner for one machine, a training has the losses of one without
// Beam, prints nothing under --quiet, and leaves nothing behind.
func TestPrismHasTheLossesOfStreamed(t *testing.T) {
	store := stored(t)
	for _, method := range []string{"dmon", "mincut"} {
		t.Run(method, func(t *testing.T) {
			dir := t.TempDir()
			have := history(t, trained(t, store, method, "--partitions", "8", "--dir", dir))
			want, _ := streamed(t, store, method, nil)
			require.Len(t, have, epochsOfTest)
			assert.InDeltaSlice(t, want, have, 1e-6)
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
}

// inProcess does the passes of a test without Beam, partition by partition; fail
// may stop one behind the first.
func inProcess(t *testing.T, store string, partitions int, fail func(Task) error) (passes func(*param.Store) (stream.Passes, error), done *int) {
	t.Helper()
	s, err := shard.Open(store)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	digest, err := state.StoreDigest(s.Meta())
	require.NoError(t, err)
	count := 0
	return func(w *param.Store) (stream.Passes, error) {
		p := newPasses(context.Background(), s, store, digest, config("dmon"), partitions, t.TempDir())
		p.weights, p.retries = w, 1
		p.run = func(_ context.Context, task Task, _ string) ([]float64, error) {
			count++
			var all Parts
			for i, in := range task.Partitions {
				if i == 1 {
					if err := fail(task); err != nil {
						return nil, err
					}
				}
				part, err := ours.do(&task, in)
				require.NoError(t, err)
				all, err = all.add(part)
				require.NoError(t, err)
			}
			return all.total(s.Blocks())
		}
		return p, nil
	}, &count
}

func never(Task) error { return nil }

// The bits are the same for any number of partitions, and where passes fail in
// the middle and run again.
func TestPartitionsAndFailures(t *testing.T) {
	store := stored(t)
	by, done := inProcess(t, store, 1, never)
	want, shares := streamed(t, store, "dmon", by)
	plain := *done
	for _, partitions := range []int{5, blocks} {
		by, _ := inProcess(t, store, partitions, never)
		have, s := streamed(t, store, "dmon", by)
		assert.Equal(t, want, have, "%d partitions", partitions)
		assert.Equal(t, shares, s, "%d partitions", partitions)
	}
	broken := map[string]bool{} // each pass fails once
	by, done = inProcess(t, store, 3, func(task Task) error {
		name := fmt.Sprint(task.Pass, task.Forward)
		if broken[name] {
			return nil
		}
		broken[name] = true
		return errors.New("the worker was killed")
	})
	have, s := streamed(t, store, "dmon", by)
	assert.Equal(t, want, have)
	assert.Equal(t, shares, s)
	assert.Equal(t, 2*plain, *done)
}

// A worker that sees another store under the same path refuses it.
func TestAnotherStoreIsRefused(t *testing.T) {
	store := stored(t)
	_, err := ours.do(&Task{Pass: forwardPass, Store: store, Digest: "store 1", Config: config("dmon")}, stream.Blocks{To: 1})
	assert.EqualError(t, err, store+" is another store here than where the training was started")
}

// A pass whose job does not end runs again.
func TestPassTimeout(t *testing.T) {
	tries := 0
	p := &passes{ctx: context.Background(), retries: 1, timeout: 50 * time.Millisecond, log: slog.New(slog.DiscardHandler)}
	p.run = func(ctx context.Context, _ Task, _ string) ([]float64, error) {
		if tries++; tries == 1 {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return []float64{1}, nil
	}
	x, err := p.pass(Task{Pass: forwardPass})
	require.NoError(t, err)
	assert.Equal(t, []float64{1}, x)
	tries, p.retries = 0, 0
	_, err = p.pass(Task{Pass: forwardPass})
	assert.EqualError(t, err, "the forward pass failed: it took more than 50ms")
}

func TestRefusals(t *testing.T) {
	store := stored(t)
	for want, args := range map[string][]string{
		"--data = \"nowhere\", want the folder of a store": {"--data", "nowhere"},
		"--restarts = 2, want 1":                           {"--data", store, "--restarts", "2"},
		"behind --: flag provided but not defined: -rnner": {"--data", store, "--", "--rnner=flink"},
		"--k = 5000, want 1 to 1200":                       {"--data", store, "--k", "5000"},
		"--retries = -1, want":                             {"--data", store, "--retries", "-1"},
		"--pass-timeout = 0, want":                         {"--data", store, "--pass-timeout", "0"},
	} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, 2, run(context.Background(), append([]string{"trainclustering-beam"}, args...), &stdout, &stderr), want)
		assert.Contains(t, stderr.String(), want)
		assert.Empty(t, stdout.String())
	}
}
