package layers_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// dataVariable names a folder with tu/MUTAG.zip, of the TU collection, and
// splits/MUTAG/test_idx-1.txt, the positions of the test graphs, from 0.
const dataVariable = "GRAPHPOOL_DATA"

// tuHosts is a data set as the library takes it.
func tuHosts(s *graphfile.TUSet) (classified, error) {
	out := classified{labels: s.Labels}
	for _, g := range s.Graphs {
		h, err := g.Host()
		if err != nil {
			return out, err
		}
		out.graphs = append(out.graphs, h)
	}
	return out, nil
}

// mutag is the graphs of MUTAG, and those of its first fold apart.
func mutag(t *testing.T) (all, training, test classified) {
	dir := os.Getenv(dataVariable)
	if dir == "" {
		t.Skipf("%s is not set: it names a folder with tu/MUTAG.zip and splits/MUTAG/test_idx-1.txt", dataVariable)
	}
	require.True(t, filepath.IsAbs(dir), "%s = %q, want an absolute path", dataVariable, dir)
	set, err := graphfile.ReadTU(filepath.Join(dir, "tu", "MUTAG.zip"))
	require.NoError(t, err)
	require.Len(t, set.Graphs, 188)
	all, err = tuHosts(set)
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "splits", "MUTAG", "test_idx-1.txt"))
	require.NoError(t, err)
	of := make([]bool, len(all.graphs))
	for _, field := range strings.Fields(string(text)) {
		i, err := strconv.Atoi(field)
		require.NoError(t, err)
		require.Less(t, i, len(of))
		of[i] = true
	}
	var in, out []int
	for i, tested := range of {
		if tested {
			out = append(out, i)
		} else {
			in = append(in, i)
		}
	}
	return all, all.at(in), all.at(out)
}

// The model of three levels learns MUTAG. Its units and rate were chosen by
// the other nine folds.
func TestClassifyMUTAG(t *testing.T) {
	all, training, test := mutag(t)
	for _, mode := range []modes.Mode{modes.Disjoint, modes.Batch} {
		t.Run(mode.String(), func(t *testing.T) {
			mean := 0.
			for seed := range uint64(3) {
				got, err := recipe{
					mode: mode, dt: tensor.Float32, seed: seed, classes: 2, batch: 32, units: 64,
					ratio: 0.8, clusters: 5, rate: 5e-3, epochs: 100,
				}.train(training, all)
				require.NoError(t, err)
				accuracy, err := got.accuracy(test)
				require.NoError(t, err)
				t.Logf("seed %d: loss %.4f → %.4f, cross-entropy %.4f → %.4f, accuracy %.4f, majority %.4f", seed,
					got.first().total, got.last().total, got.first().entropy, got.last().entropy, accuracy, test.majority())
				require.Positive(t, got.first().total)
				assert.LessOrEqual(t, got.last().total, got.first().total/2)
				assert.LessOrEqual(t, got.last().entropy, got.first().entropy/2)
				mean += accuracy / 3
			}
			assert.Greater(t, mean, test.majority())
		})
	}
}
