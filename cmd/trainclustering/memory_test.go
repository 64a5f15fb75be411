package main

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

func TestWorkBeyondMemoryIsRefused(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "g.npz")
	assert.Zero(t, runWith(t.Context(), nil, "generate", "sbm", "--nodes", "20000", "--avg-degree", "4", "--feature-dim", "0", "--out", data).code)
	train := func(context.Context, model.Job) (*model.Fit, error) {
		t.Error("the training began")
		return nil, context.Canceled
	}
	for _, c := range []struct{ args, want, hint string }{
		{
			"train --memory-limit 24GB --hidden 65536,65536",
			"the training would take about 257.82 GB of memory, want at most 24.00 GB (--memory-limit)",
			"a smaller --k or --hidden takes less",
		},
		{
			"train --memory-limit 24GB --data " + data + " --k 20000",
			"the training would take about 30.51 GB of memory, want at most 24.00 GB (--memory-limit)",
			"a smaller --k or --hidden takes less",
		},
		{
			"train --memory-limit 1kB",
			"the training would take about 15 MB of memory, want at most 1 kB (--memory-limit)",
			"a smaller --k or --hidden takes less",
		},
		{
			"generate sbm --memory-limit 8GiB --feature-dim 2147483647 --out " + data,
			"the graph would take about 8.59 TB of memory, want at most 8.59 GB (--memory-limit)",
			"fewer --nodes, --avg-degree or --feature-dim take less",
		},
	} {
		got := runWith(t.Context(), train, strings.Fields(c.args)...)
		assert.Equal(t, ran{1, "", "trainclustering: " + c.want + "\nhint: " + c.hint + "\n"}, got)
	}
}

func TestMemoryLimitIsRead(t *testing.T) {
	for typed, want := range map[string]float64{
		"none": math.Inf(1), "1": 1, "1500 B": 1500, "2kb": 2000, "1.5GiB": 1.5 * (1 << 30), "8 GB": 8e9, "3TB": 3e12, "8G": 8 << 30, "512m": 512 << 20,
	} {
		r := &flags.Reader{Get: func(string) string { return typed }}
		assert.Equal(t, want, r.MemoryLimit(), typed)
		assert.NoError(t, r.Err(), typed)
	}
	for _, typed := range []string{"0", "-1GB", "nan", "inf", "GB", "8XB", "much"} {
		r := &flags.Reader{Get: func(string) string { return typed }}
		r.MemoryLimit()
		assert.EqualError(t, r.Err(), "--memory-limit = "+typed+", want a size such as 500MB or 8GB, or none")
	}
	r := &flags.Reader{Get: func(string) string { return "" }}
	assert.Greater(t, r.MemoryLimit(), 5e7)
}
