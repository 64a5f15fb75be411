package options

import (
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/shard"
)

// StoreEncoder is the encoder on a store where none is asked for, in place of
// one that reads no edges.
const StoreEncoder = "gcn"

// StoreFormats are the words of --formats that can be written of a store.
func StoreFormats() []string { return []string{"csv", "tsv", "json"} }

// checkStore refuses what needs the whole graph in memory, and turns off what the
// preset has of it: a store is trained on its features as they are.
func (o *Train) checkStore(cmd *cli.Command) error {
	if o.HasFolder() && reading.IsStore(o.Out) {
		return failure.Usagef("--out = %s, want another folder than that of a store", text.Quote(o.Out))
	}
	if !reading.IsStore(o.Data) {
		if cmd.IsSet("partitions") {
			return failure.Usagef("--partitions = %s, want it beside --data with the folder of a store only", cmd.String("partitions")).
				WithHint("trainclustering shard makes one")
		}
		return nil
	}
	if err := o.refuseWithStore(cmd); err != nil {
		return err
	}
	o.Features, o.Neighbours = model.FeaturesRaw, 0
	if o.Refine == string(cluster.MultiLevel) { // of the preset
		o.Refine = string(cluster.Moves)
	}
	if !cmd.IsSet("encoder") && o.Encoder == "mlp" {
		o.Encoder = StoreEncoder
	}
	if o.Hops == embed.AutoHops {
		o.Hops = 0
	}
	return o.checkStoreModel()
}

// refuseWithStore refuses flags that a store cannot serve.
func (o *Train) refuseWithStore(cmd *cli.Command) error {
	refuse := func(name, want string) *failure.Failure {
		return failure.Usagef("--%s = %s, want %s: --data is a store, which is never in memory as a whole", name, text.Quote(cmd.String(name)), want)
	}
	for _, group := range [][]string{{"k-range", "levels", "align", "connected", "min-size"}, readingNames()} {
		for _, name := range group {
			if cmd.IsSet(name) {
				return failure.Usagef("--%s is not for a store, which --data names: it is never in memory as a whole", name)
			}
		}
	}
	switch {
	case cmd.IsSet("features-as") && o.Features != model.FeaturesRaw:
		return refuse("features-as", model.FeaturesRaw)
	case cmd.IsSet("init") && o.InitFile != "":
		return refuse("init", text.List([]string{string(cluster.KMeans), string(cluster.Random)}, "or"))
	case cmd.IsSet("neighbours") && o.Neighbours != 0:
		return refuse("neighbours", "0")
	case cmd.IsSet("refine") && o.Refine == string(cluster.MultiLevel):
		return refuse("refine", text.List([]string{string(cluster.None), string(cluster.Moves)}, "or"))
	case cmd.IsSet("order") && o.Order != string(cluster.AsGiven):
		return refuse("order", string(cluster.AsGiven)).WithHint("trainclustering shard --order locality puts neighbours near each other in a store")
	case o.KAuto:
		return refuse("k", "a number")
	case o.Dropout > 0:
		return refuse("dropout", "0")
	case slices.ContainsFunc(o.Formats, func(f string) bool { return !slices.Contains(StoreFormats(), f) }):
		return refuse("formats", text.List(StoreFormats(), "or"))
	}
	return nil
}

// readingNames are the flags that say how a file is read.
func readingNames() []string {
	var names []string
	for _, f := range reading.Flags().Rows {
		names = append(names, f.Name)
	}
	return names
}

// checkStoreModel refuses models that read more of a node than its own rows of
// propagated features.
func (o *Train) checkStoreModel() error {
	propagates := slices.Contains([]string{"gcn", "gcn-skip", "sgc"}, o.Encoder)
	switch {
	case o.Encoder == "sage":
		return failure.Usagef("--encoder = sage, want mlp, gcn, gcn-skip or sgc: a store has features propagated by Â, not the means of neighbours")
	case propagates && len(o.Hidden) > 1:
		return failure.Usagef("--hidden = %s, want one layer of %s on a store: a second one would read the neighbours' outputs",
			text.JoinInts(o.Hidden), o.Encoder).
			WithHint("--encoder mlp --hops %d reads features propagated over as many hops, of a store that has them (shard --hops %[1]d)", len(o.Hidden))
	}
	if m := o.MethodRow(); !slices.Contains(model.StreamedMethods(), m.Name) {
		return failure.Usagef("--method = %s, want %s on a store: its losses are not functions of sums over nodes and edges",
			m.Name, text.List(model.StreamedMethods(), "or"))
	}
	return nil
}

// SettleStore finds what a store cannot serve, and sets k.
func (o *Train) SettleStore(m shard.Meta) error {
	if m.Features == 0 {
		return failure.Failedf("%s has no features, want a store of a graph with features", text.Quote(o.Data)).
			WithHint("trainclustering shard --features-from degree makes some")
	}
	if err := o.SettleClusters(int(m.Nodes), false); err != nil {
		return err
	}
	hops, err := o.StoreHops()
	if err != nil {
		return err
	}
	if hops > m.Propagated {
		return failure.Failedf("%s has features propagated over %s, and the training reads %d", text.Quote(o.Data), text.Plural(m.Propagated, "hop"), hops).
			WithHint("trainclustering shard --hops %d makes such a store", hops)
	}
	return nil
}
