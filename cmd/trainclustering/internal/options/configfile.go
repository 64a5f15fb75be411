package options

import (
	"cmp"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/config"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// ConfigOptions are the flags of `train` as options of a file, --config left out.
func ConfigOptions() []config.Option {
	var all []config.Option
	for _, group := range Flags() {
		for _, f := range group.Rows {
			o := config.Option{Name: f.Name}
			switch {
			case f.Name == "config":
				continue
			case f.Kind == flags.ManyValues:
				o.Kind = config.Many
			case slices.Contains([]string{"hidden", "columns", "formats", "levels"}, f.Name):
				o.Kind = config.Joined
			}
			all = append(all, o)
		}
	}
	return all
}

// readConfig sets the flags of --config that the command line does not set.
func readConfig(cmd *cli.Command) error {
	if !cmd.IsSet("config") {
		return nil
	}
	path := cmd.String("config")
	f, err := os.Open(path)
	if err != nil {
		return failure.Failedf("--config = %s: %w", text.Quote(path), wholefile.Reason(err))
	}
	defer func() { _ = f.Close() }() // only read
	all, err := config.Read(f, path, ConfigOptions())
	if err != nil {
		return failure.Usagef("%w", err)
	}
	for _, s := range all {
		if cmd.IsSet(s.Name) {
			continue
		}
		for _, v := range s.Values {
			if err := cmd.Set(s.Name, v); err != nil {
				return failure.Usagef("%s:%d: %s = %s, want true or false", path, s.Line, s.Name, text.Quote(v))
			}
		}
	}
	return nil
}

// Settings are the options that a result depends on, those that were not given
// included, as --config takes them.
func Settings(o Train) []config.Setting {
	var all []config.Setting
	add := func(name, value string) { all = append(all, config.Setting{Name: name, Values: []string{value}}) }
	given := func(name, value string) {
		if value != "" {
			add(name, value)
		}
	}
	given("data", o.Data)
	if o.Data != "" && !reading.IsStore(o.Data) { // neither a store nor the karate club is read by them
		all = append(all, o.Reading.Settings()...)
	}
	if len(o.Formats) > 0 {
		add("formats", strings.Join(o.Formats, ","))
	}
	add("preset", o.Preset)
	add("method", o.Method)
	add("k", strconv.Itoa(o.K))
	add("refine", o.Refine)
	given("connected", o.Connected)
	if o.MinSize > 0 {
		add("min-size", strconv.Itoa(o.MinSize))
	}
	switch {
	case o.LevelCount > 0:
		add("levels", strconv.Itoa(o.LevelCount))
	case len(o.Levels) > 0:
		add("levels", text.JoinInts(o.Levels))
	}
	given("align", o.AlignFile)
	add("restarts", strconv.Itoa(o.Restarts))
	add("seed", strconv.FormatUint(o.Seed, 10))
	add("features-as", o.Features)
	add("hops", autoOr(o.Hops == embed.AutoHops, strconv.Itoa(o.Hops)))
	add("neighbours", autoOr(o.Neighbours == cluster.AutoNeighbours, text.Number(o.Neighbours)))
	add("init", cmp.Or(o.InitFile, o.Init))
	add("encoder", o.Encoder)
	if len(o.Hidden) > 0 {
		add("hidden", text.JoinInts(o.Hidden))
	}
	add("order", o.Order)
	add("epochs", strconv.Itoa(o.Epochs))
	add("patience", strconv.Itoa(o.Patience))
	add("lr", text.Number(o.LR))
	add("optimizer", o.Optimizer)
	add("schedule", o.Schedule)
	if o.Optimizer != string(cluster.Adam) {
		add("weight-decay", text.Number(o.WeightDecay))
	}
	add("clip", text.Number(o.ClipNorm))
	add("dropout", text.Number(o.Dropout))
	add("anneal", o.Anneal)
	add("dtype", o.Dtype)
	if len(o.LossWeights) > 0 {
		weights := config.Setting{Name: "loss-weight"}
		for _, w := range o.LossWeights {
			weights.Values = append(weights.Values, w.Name+"="+text.Number(w.Value))
		}
		all = append(all, weights)
	}
	return all
}

func autoOr(isAuto bool, value string) string {
	if isAuto {
		return flags.Auto
	}
	return value
}
