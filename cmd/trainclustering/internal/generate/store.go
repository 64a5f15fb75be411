package generate

import (
	"context"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/sbm"
)

// isStore tells whether a store is to be made, not a file.
func isStore(cmd *cli.Command) bool {
	out := cmd.String("out")
	return cmd.String("format") == "shard" || cmd.String("format") == "" && out != "" && os.IsPathSeparator(out[len(out)-1])
}

// generateStore draws a block model into a store.
func (p *generator) generateStore(ctx context.Context, cmd *cli.Command, cfg sbm.Config, limit float64) error {
	if err := sharding.CheckPlace(cmd.String("out")); err != nil {
		return err
	}
	// Before the model is cut into chunks, which takes memory itself.
	memory := streamMemory(cfg)
	if err := flags.Fits("the graph", memory, limit, "fewer --nodes or --avg-degree take less"); err != nil {
		return err
	}
	s, err := sbm.Stream(cfg)
	if err != nil {
		return sbmFailure(err)
	}
	o, err := sharding.Within(sharding.Read(&flags.Reader{Get: cmd.String}), s, memory, limit)
	if err != nil {
		return err
	}
	dir := cmd.String("out")
	m, err := sharding.Write(ctx, p.log, dir, s, o)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s, %s\n", sharding.Line(dir, m), text.Plural(cfg.Clusters, "cluster"))
	return err
}

// streamMemory estimates in bytes what drawing a store takes, of the nodes,
// the entries of the chunks that are drawn at a time, and their features.
func streamMemory(c sbm.Config) float64 {
	chunk := float64(min(c.Nodes, 2*sbm.ChunkRows))
	return 30*float64(c.Nodes) + chunk*(60*c.AvgDegree+16*float64(c.FeatureDim))
}
