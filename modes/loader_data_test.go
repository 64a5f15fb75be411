package modes_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// dataVariable names a folder with tu/NAME.zip, data sets of the TU collection.
const dataVariable = "GRAPHPOOL_DATA"

// Padding on real data sets.
func TestLoaderPaddingOfDataSets(t *testing.T) {
	dir := os.Getenv(dataVariable)
	if dir == "" {
		t.Skipf("%s is not set: it names a folder with tu/PROTEINS.zip and others", dataVariable)
	}
	for _, name := range []string{"PROTEINS", "NCI1", "DD"} {
		set, err := graphfile.ReadTU(filepath.Join(dir, "tu", name+".zip"))
		require.NoError(t, err)
		var graphs []*modes.Host
		for _, g := range set.Graphs {
			h, err := g.Host()
			require.NoError(t, err)
			graphs = append(graphs, h)
		}
		for _, o := range []modes.LoaderOptions{{Batch: 32}, {Batch: 128}, {Batch: 32, Mode: modes.Batch, Sparse: true}, {Batch: 128, Mode: modes.Batch, Sparse: true}} {
			t.Run(fmt.Sprintf("%s/%v/%d", name, o.Mode, o.Batch), func(t *testing.T) {
				l, err := modes.NewLoader(graphs, modes.GraphClasses(set.Labels), o)
				require.NoError(t, err)
				var sum modes.Report
				const epochs = 5
				for e := range epochs {
					r := l.Report(e)
					sum.Batches, sum.Nodes, sum.Rows = sum.Batches+r.Batches, sum.Nodes+r.Nodes, sum.Rows+r.Rows
				}
				t.Logf("%d budgets, %.1f batches an epoch, at least %d, padding %.1f %%, %+v", len(l.Budgets()),
					float64(sum.Batches)/epochs, (len(graphs)+o.Batch-1)/o.Batch, 100*sum.Padding(), l.Budgets())
				if o.Mode != modes.Batch {
					assert.Len(t, l.Budgets(), 1)
					assert.Less(t, sum.Padding(), .15)
				}
			})
		}
	}
}
