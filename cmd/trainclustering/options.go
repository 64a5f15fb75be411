package main

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"
)

// trainOptions is what the command line of `train` asks for.
type trainOptions struct {
	trainConfig
	Data     string // file to read; "" is the karate club
	Restarts int
	Threads  int // 0: as many as there are cores
	Out      string
	Quiet    bool
	kGiven   bool
}

// Bounds that no training gets near; above them a mistyped figure would take
// all memory instead of giving an error.
const (
	maxWidth   = 65536
	maxThreads = 1024
)

// readTrain checks every flag of `train` that can be checked without the data.
func readTrain(cmd *cli.Command) (trainOptions, error) {
	r := &flagReader{get: cmd.String}
	o := trainOptions{
		Data: cmd.String("data"), Out: cmd.String("out"), Quiet: cmd.Bool("quiet"),
		kGiven: cmd.IsSet("k"),
	}
	for _, name := range []string{"data", "out"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.wrong(name, "a path", "")
		}
	}
	o.Method = r.word("method", "dmon", "mincut")
	if o.kGiven {
		o.K = r.count("k", 1, math.MaxInt32)
	}
	o.Hidden = r.counts("hidden", 1, maxWidth)
	o.Encoder = r.word("encoder", "gcn", "gcn-skip", "mlp")
	o.Epochs = r.count("epochs", 1, math.MaxInt32)
	o.LR = r.real("lr", "a number above 0", positive)
	o.Dropout = r.real("dropout", "0 to 1 (1 excluded)", func(v float64) bool { return v >= 0 && v < 1 })
	o.Anneal = r.word("anneal", "linear", "none")
	o.Restarts = r.count("restarts", 1, math.MaxInt32)
	o.Dtype = r.word("dtype", "float32", "float64")
	o.Seed = r.seed("seed")
	o.Threads = r.count("threads", 0, maxThreads)
	if err := r.err(); err != nil {
		return o, err
	}
	weights, err := readWeights(o.Method, cmd.StringSlice("loss-weight"))
	o.LossWeights = weights
	return o, err
}

// methodLosses returns a method's losses in their fixed order, with the weight
// that each has where none is asked for.
func methodLosses(method string) []lossWeight {
	if method == "mincut" {
		return []lossWeight{{"cut", 1}, {"orthogonality", 1}}
	}
	return []lossWeight{{"modularity", 1}, {"cluster", 1}, {"orthogonality", 0}}
}

// readWeights puts the asked weights, each NAME=V, over the method's own.
func readWeights(method string, asked []string) ([]lossWeight, error) {
	weights := methodLosses(method)
	names := make([]string, len(weights))
	for i, w := range weights {
		names[i] = w.Name
	}
	for _, pair := range asked {
		name, text, found := strings.Cut(pair, "=")
		name = strings.TrimSpace(name)
		v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		i := slices.Index(names, name)
		switch {
		case !found || name == "":
			return nil, usagef("--loss-weight = %s, want NAME=V, as in %s=0.5", quoteOdd(pair), names[0])
		case i < 0:
			return nil, usagef("--loss-weight = %s, but %s has the losses %s", quoteOdd(pair), method,
				strings.Join(names, ", ")).withHint("%s", didYouMean(name, "", names))
		case err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0:
			return nil, usagef("--loss-weight = %s, want a number, 0 or more, after %s=", quoteOdd(pair), name)
		}
		weights[i].Value = v
	}
	if !slices.ContainsFunc(weights, func(w lossWeight) bool { return w.Value > 0 }) {
		return nil, usagef("--loss-weight leaves every loss of %s at 0, want one above 0", method)
	}
	return weights, nil
}
