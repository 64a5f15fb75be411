package main

import (
	"context"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// DoPass does the pass of a partition. The task comes with the function, weights
// and all, since not every runner takes side inputs of Go.
type DoPass struct{ Task Task }

// ProcessElement reads the name of a partition.
func (f *DoPass) ProcessElement(_ context.Context, name string, emit func(Parts)) error {
	var in stream.Blocks
	if _, err := fmt.Sscanf(name, "%d-%d", &in.From, &in.To); err != nil {
		return fmt.Errorf("the partition %q: %w", name, err)
	}
	out, err := ours.do(&f.Task, in)
	if err != nil {
		return fmt.Errorf("the partition %s: %w", name, err)
	}
	emit(out)
	return nil
}

// WriteSums writes what a pass gave to a file that the driver reads.
type WriteSums struct{ File string }

// ProcessElement writes the sums, as bytes that decode reads.
func (f *WriteSums) ProcessElement(_ context.Context, p Parts) error {
	return wholefile.Scratch(f.File, wholefile.Bytes(encode(p)))
}

// registerAll tells Beam of all functions; before beam.Init, in driver and worker
// alike.
func registerAll() {
	registerParts()
	register.DoFn3x1[context.Context, string, func(Parts), error](&DoPass{})
	register.DoFn2x1[context.Context, Parts, error](&WriteSums{})
}

// pipeline is a pass: names of partitions, spread over the workers; what each
// gives; the sum, of a few kilobytes; a file of it. S does not go through it.
func pipeline(t Task, result string) *beam.Pipeline {
	p, s := beam.NewPipelineWithRoot()
	var names []string
	for _, in := range t.Partitions {
		names = append(names, fmt.Sprintf("%d-%d", in.From, in.To))
	}
	partitions := beam.Reshuffle(s.Scope("partitions"), beam.CreateList(s, names))
	sums := beam.ParDo(s.Scope(t.Pass), &DoPass{t}, partitions)
	beam.ParDo0(s.Scope("write"), &WriteSums{result}, beam.Combine(s.Scope("add"), &Total{}, sums))
	return p
}

// runPass runs a pass, and gives the sums of all blocks.
func runPass(ctx context.Context, t Task, result string) (sum []float64, err error) {
	defer func() { _ = os.Remove(result) }() // the folder is removed at the end
	if err := beamx.Run(ctx, pipeline(t, result)); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(result)
	if err != nil {
		return nil, err
	}
	parts, err := decode(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", result, err)
	}
	return parts.total(t.Partitions[len(t.Partitions)-1].To)
}
