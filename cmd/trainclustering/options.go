package main

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/urfave/cli/v3"
)

// trainOptions is what the command line of `train` asks for.
type trainOptions struct {
	model.Config
	Data     string // file to read; "" is the karate club, "-" standard input
	Reading  readOptions
	Restarts int
	Threads  int // 0: as many as there are cores
	Out      string
	Quiet    bool
}

// Bounds that no training gets near; above them a mistyped figure would take
// all memory instead of giving an error.
const (
	maxWidth   = 65536
	maxThreads = 1024
)

// defaultOptions is what `train` does without flags; K is 0 where none is asked.
func defaultOptions() trainOptions {
	return trainOptions{Config: model.Default(), Restarts: 1}
}

// readTrain checks every flag of `train` that can be checked without the data.
func readTrain(cmd *cli.Command) (trainOptions, error) {
	r := &flagReader{get: cmd.String}
	o := trainOptions{
		Data: cmd.String("data"), Out: cmd.String("out"), Quiet: cmd.Bool("quiet"),
	}
	for _, name := range []string{"data", "out"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.wrong(name, "a path", "")
		}
	}
	o.Reading = r.allReading(cmd)
	o.Method = r.word("method", model.MethodNames()...)
	if cmd.IsSet("k") {
		o.K = r.count("k", 1, math.MaxInt32)
	}
	o.Hidden = r.counts("hidden", 1, maxWidth)
	o.Encoder = r.word("encoder", model.EncoderNames()...)
	o.Epochs = r.count("epochs", 1, math.MaxInt32)
	o.LR = r.real("lr", "a number above 0", positive)
	o.Dropout = r.real("dropout", "0 to 1 (1 excluded)", func(v float64) bool { return v >= 0 && v < 1 })
	o.Anneal = r.word("anneal", model.AnnealLinear, model.AnnealNone)
	o.Restarts = r.count("restarts", 1, math.MaxInt32)
	o.Dtype = r.word("dtype", model.Float32, model.Float64)
	o.Seed = r.seed("seed")
	o.Threads = r.count("threads", 0, maxThreads)
	if err := r.err(); err != nil {
		return o, err
	}
	weights, err := readWeights(o.method(), cmd.StringSlice("loss-weight"))
	o.LossWeights = weights
	return o, err
}

// method is the method's row; readTrain has checked its name.
func (o trainOptions) method() model.Method {
	m, _ := model.Lookup(o.Method)
	return m
}

// readWeights puts the asked weights, each NAME=V, over the method's own.
func readWeights(method model.Method, asked []string) ([]model.LossWeight, error) {
	weights, names := method.Losses, method.LossNames()
	for _, pair := range asked {
		name, value, found := strings.Cut(pair, "=")
		name = strings.TrimSpace(name)
		v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		i := slices.Index(names, name)
		switch {
		case !found || name == "":
			return nil, usagef("--loss-weight = %s, want NAME=V, as in %s=0.5", text.Quote(pair), names[0])
		case i < 0:
			return nil, usagef("--loss-weight = %s, but %s has the losses %s", text.Quote(pair), method.Name,
				strings.Join(names, ", ")).withHint("%s", text.DidYouMean(name, "", names))
		case err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0:
			return nil, usagef("--loss-weight = %s, want a number, 0 or more, after %s=", text.Quote(pair), name)
		}
		weights[i].Value = v
	}
	if !slices.ContainsFunc(weights, func(w model.LossWeight) bool { return w.Value > 0 }) {
		return nil, usagef("--loss-weight leaves every loss of %s at 0, want one above 0", method.Name)
	}
	return weights, nil
}
