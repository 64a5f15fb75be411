package table_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/train"
)

// TestTableMasks wants of every selection with an index a mask that is 1 at the
// rows of the index and 0 elsewhere, and of every other an error.
func TestTableMasks(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		if _, pooler := l.(layers.Pooler); !pooler {
			return
		}
		for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
			store, err := tableStore(l, dt, 1, row.base())
			require.NoError(t, err)
			for _, lay := range row.layouts() {
				r, err := tableBuild(l, store, lay, lay.input(), false)
				require.NoError(t, err)
				mask, err := r.out.Selection.Mask(r.in)
				if r.out.Selection.Index == nil {
					assert.ErrorContains(t, err, "the selection has no index", lay.name)
					continue
				}
				require.NoError(t, err, lay.name)
				assert.Equal(t, dt, mask.Dtype(), lay.name)
				values, err := train.Forward(mask, r.out.Selection.Index)
				require.NoError(t, err, lay.name)
				want := make([]float64, r.in.Rows())
				for _, i := range values[1].Data().([]int) {
					if i >= 0 {
						want[i] = 1
					}
				}
				got, err := layertest.Floats(values[0])
				require.NoError(t, err)
				assert.Contains(t, want, 1., lay.name)
				assert.Equal(t, want, got, lay.name)
			}
		}
	})
}
