// Package options is what the command line of `train` asks for: its flags, their
// help, their values, a file of them, and the files that a training writes.
package options

import (
	"fmt"
	"iter"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
)

// Train is what the command line of `train` asks for.
type Train struct {
	model.Config
	Data     string // file to read; "" is the karate club, "-" standard input
	Reading  reading.Options
	InitFile string // clusters to start from; "": none

	AlignFile  string   // clusters whose numbers the result follows; "": none
	Earlier    *Earlier // those of AlignFile, once it is read
	LevelCount int      // of a hierarchy, until k is known; 0: Levels says, or none

	Partitions int // of a store: groups of blocks, one worked on after the other; 0 where there is none

	KAuto    bool   // choose k in KRange
	KRange   [2]int // the fewest and the most clusters
	Restarts int
	Threads  int      // 0: as many as there are cores
	Out      string   // a folder; "": none; "-": assignments to standard output
	Formats  []string // of the files of Out, names of formats
	JSON     bool     // metrics.json to standard output, and nothing else there
	Timing   bool     // tell what each part takes
	Quiet    bool

	State           string // folder of checkpoints; "": none
	CheckpointEvery int    // epochs
	Resume          bool
	Memory          float64 // limit in bytes, +Inf for none
	MemoryAsked     bool    // the limit was given, and is not what the machine has
}

// Bounds that no training gets near; above them a mistyped figure would take
// all memory instead of giving an error.
const (
	maxWidth   = 65536
	maxThreads = 1024
)

// AutoRestarts is how often --k auto trains the number it chooses where
// --restarts does not say it: so often that the best run is one of a few.
const AutoRestarts = 5

// Default is what `train` does without flags; K is 0 where none is asked.
func Default() Train {
	return Train{Config: model.Default(), Restarts: 1, KRange: [2]int{2, DefaultClusters}, Formats: []string{"csv"}, CheckpointEvery: 20, Memory: math.Inf(1)}
}

// Read checks every flag of `train` that can be checked without the data.
// A flag that is not given has the preset's value.
func Read(cmd *cli.Command) (Train, error) {
	if err := readConfig(cmd); err != nil {
		return Train{}, err
	}
	r := &flags.Reader{Get: cmd.String}
	o := Train{
		Data: cmd.String("data"), Out: cmd.String("out"), Quiet: cmd.Bool("quiet"), JSON: cmd.Bool("json"), Timing: cmd.Bool("timing"),
		AlignFile: cmd.String("align"), State: cmd.String("state"), Resume: cmd.Bool("resume"),
	}
	o.Formats = readFormats(r, "formats")
	o.checkStream(r)
	for _, name := range []string{"data", "out", "state", "align"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.Wrong(name, "a path", "")
		}
	}
	o.Reading = reading.Read(r, cmd)
	if preset := r.Word("preset", model.PresetNames()...); preset != "" {
		o.Config, _ = model.FromPreset(preset)
	}
	o.KRange = Default().KRange
	o.Restarts = r.Count("restarts", 1, math.MaxInt32)
	o.Threads = Threads(r)
	o.Seed = r.Seed("seed")
	o.CheckpointEvery = r.Count("checkpoint-every", 1, math.MaxInt32)
	if partitions := r.Count("partitions", 1, math.MaxInt32); reading.IsStore(o.Data) {
		o.Partitions = partitions
	}
	if r.Fault == nil && o.State == "" && (o.Resume || cmd.IsSet("checkpoint-every")) {
		r.Fault = failure.Usagef("--state is needed, the folder of the checkpoints").WithHint("as in --state run.state --resume")
	}
	if info, err := os.Stat(o.State); err == nil && !info.IsDir() {
		r.Wrong("state", "a folder: this is a file", "")
	}
	o.Memory, o.MemoryAsked = r.MemoryLimit(), cmd.String("memory-limit") != ""
	for name, read := range o.Readers(r) {
		if cmd.IsSet(name) {
			read(name)
		}
	}
	if err := r.Err(); err != nil {
		return o, err
	}
	if o.KAuto && !cmd.IsSet("restarts") {
		o.Restarts = AutoRestarts
	}
	if err := o.checkDecay(cmd.IsSet("weight-decay")); err != nil {
		return o, err
	}
	if err := o.checkLevels(); err != nil {
		return o, err
	}
	if err := o.checkStore(cmd); err != nil {
		return o, err
	}
	if o.Features == model.FeaturesRaw && !reading.IsStore(o.Data) {
		if err := o.checkRaw(cmd); err != nil {
			return o, err
		}
	}
	weights, err := readWeights(o.MethodRow(), cmd.StringSlice("loss-weight"))
	o.LossWeights = weights
	return o, err
}

// Threads reads --threads, 0 for one per core.
func Threads(r *flags.Reader) int { return r.Count("threads", 0, maxThreads) }

// Readers read the flags whose defaults a preset has, in the order of the help.
func (o *Train) Readers(r *flags.Reader) iter.Seq2[string, func(name string)] {
	fraction := func(v float64) bool { return v >= 0 && v < 1 }
	all := []struct {
		name string
		read func(name string)
	}{
		{"method", func(n string) { o.Method = r.Word(n, model.MethodNames()...) }},
		{"k", func(n string) {
			if o.KAuto = r.Get(n) == flags.Auto; !o.KAuto {
				o.K = r.CountOrAuto(n, 1, math.MaxInt32)
			}
		}},
		{"k-range", func(n string) {
			o.KAuto, o.KRange = true, r.Span(n, 1, math.MaxInt32)
			if o.K > 0 {
				r.Wrong(n, fmt.Sprintf("--k auto or no --k beside it, not --k %d", o.K), "")
			}
		}},
		{"features-as", func(n string) {
			o.Features = r.Word(n, model.FeaturesAuto, model.FeaturesWords, model.FeaturesNumbers, model.FeaturesRaw)
		}},
		{"hops", func(n string) { o.Hops = r.Hops(n) }},
		{"neighbours", func(n string) { o.Neighbours = r.Neighbours(n) }},
		{"init", func(n string) { o.readInit(r, n) }},
		{"hidden", func(n string) { o.Hidden = r.Counts(n, 1, maxWidth) }},
		{"encoder", func(n string) { o.Encoder = r.Word(n, model.EncoderNames()...) }},
		{"dropout", func(n string) { o.Dropout = r.Real(n, "0 to 1 (1 excluded)", fraction) }},
		{"dtype", func(n string) { o.Dtype = r.Word(n, model.Float32, model.Float64) }},
		{"order", func(n string) { o.Order = r.Word(n, model.OrderNames()...) }},
		{"epochs", func(n string) { o.Epochs = r.Count(n, 1, math.MaxInt32) }},
		{"patience", func(n string) { o.Patience = r.Count(n, 0, math.MaxInt32) }},
		{"optimizer", func(n string) {
			o.Optimizer = r.Word(n, model.OptimizerNames()...)
		}},
		{"schedule", func(n string) {
			o.Schedule = r.Word(n, model.ScheduleNames()...)
		}},
		{"weight-decay", func(n string) { o.WeightDecay = r.Real(n, "a number, 0 or more", flags.NotNegative) }},
		{"lr", func(n string) { o.LR = r.Real(n, "a number above 0", flags.Positive) }},
		{"clip", func(n string) { o.ClipNorm = r.Real(n, "a number, 0 or more", flags.NotNegative) }},
		{"anneal", func(n string) { o.Anneal = r.Word(n, model.AnnealLinear, model.AnnealNone) }},
		{"refine", func(n string) {
			o.Refine = r.Word(n, string(cluster.None), string(cluster.Moves), string(cluster.MultiLevel))
		}},
		{"connected", func(n string) { o.Connected = r.Word(n, string(cluster.Split), string(cluster.Reassign)) }},
		{"min-size", func(n string) { o.MinSize = r.Count(n, 0, math.MaxInt32) }},
		{"levels", func(n string) { o.readLevels(r, n) }},
	}
	return func(yield func(string, func(string)) bool) {
		for _, f := range all {
			if !yield(f.name, f.read) {
				return
			}
		}
	}
}

// readInit reads kmeans, random, or a file of clusters.
func (o *Train) readInit(r *flags.Reader, name string) {
	switch typed := r.Get(name); {
	case typed == string(cluster.KMeans), typed == string(cluster.Random):
		o.Init = typed
	default:
		if _, err := os.Stat(typed); err != nil {
			r.Wrong(name, "kmeans, random or a file of clusters", text.DidYouMean(typed, "", []string{"kmeans", "random"}))
		}
		o.InitFile = typed
	}
}

// adamWDecay is the weight decay of AdamW where none is asked.
const adamWDecay = .01

// checkDecay refuses weight decay beside Adam, which has none, and sets
// AdamW's where none is asked.
func (o *Train) checkDecay(asked bool) error {
	switch cluster.Optimizer(o.Optimizer) {
	case cluster.AdamW:
		if !asked {
			o.WeightDecay = adamWDecay
		}
	case cluster.Adam:
		if o.WeightDecay > 0 {
			return failure.Usagef("--weight-decay = %g, want --optimizer adamw or sgd beside it: adam has none", o.WeightDecay)
		}
	}
	return nil
}

// checkRaw refuses what needs features that were made, and turns off what the
// preset has of it.
func (o *Train) checkRaw(cmd *cli.Command) error {
	if cmd.IsSet("init") && o.InitFile == "" && o.Init == string(cluster.KMeans) {
		return failure.Usagef("--init = kmeans, want random beside --features-as raw: k-means starts from features that were made")
	}
	if cmd.IsSet("neighbours") && o.Neighbours > 0 {
		return failure.Usagef("--neighbours = %g, want 0 beside --features-as raw: neighbours are near in features that were made", o.Neighbours)
	}
	o.Init, o.Neighbours = string(cluster.Random), 0
	return nil
}

// MethodRow is the method's row; readTrain has checked its name.
func (o Train) MethodRow() model.Method {
	m, _ := model.Lookup(o.Method)
	return m
}

// readWeights reads the asked weights, each NAME=V.
func readWeights(method model.Method, asked []string) ([]model.LossWeight, error) {
	var weights []model.LossWeight
	names := method.LossNames()
	for _, pair := range asked {
		name, value, found := strings.Cut(pair, "=")
		name = strings.TrimSpace(name)
		v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		switch {
		case !found || name == "":
			return nil, failure.Usagef("--loss-weight = %s, want NAME=V, as in %s=0.5", text.Quote(pair), names[0])
		case !slices.Contains(names, name):
			return nil, failure.Usagef("--loss-weight = %s, but %s has the losses %s", text.Quote(pair), method.Name,
				strings.Join(names, ", ")).WithHint("%s", text.DidYouMean(name, "", names))
		case err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0:
			return nil, failure.Usagef("--loss-weight = %s, want a number, 0 or more, after %s=", text.Quote(pair), name)
		}
		weights = slices.DeleteFunc(weights, func(w model.LossWeight) bool { return w.Name == name })
		weights = append(weights, model.LossWeight{Name: name, Value: v})
	}
	left := slices.Clone(method.Losses)
	for i, w := range left {
		if asked := slices.IndexFunc(weights, func(a model.LossWeight) bool { return a.Name == w.Name }); asked >= 0 {
			left[i] = weights[asked]
		}
	}
	if !slices.ContainsFunc(left, func(w model.LossWeight) bool { return w.Value > 0 }) {
		return nil, failure.Usagef("--loss-weight leaves every loss of %s at 0, want one above 0", method.Name)
	}
	return weights, nil
}
