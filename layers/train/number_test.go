package train_test

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

func TestEpochsAsJSON(t *testing.T) {
	want := train.Epoch{Number: 3, Loss: .1, Validation: math.Inf(1), Figure: math.Inf(-1)}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	assert.JSONEq(t, `{"epoch":3,"loss":0.1,"validation":"+Inf","figure":"-Inf"}`, string(data))
	var got train.Epoch
	require.NoError(t, json.Unmarshal(data, &got))
	assert.Equal(t, want, got)
	require.NoError(t, json.Unmarshal([]byte(`{"figure":"NaN"}`), &got))
	assert.True(t, math.IsNaN(got.Figure))
	assert.Zero(t, got.Loss)
	assert.EqualError(t, json.Unmarshal([]byte(`{"loss":"much"}`), &got), `train: epoch: train: number = "much", want one`)
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"loss":[]}`), &got), "train: epoch: json: ")
}

func TestAPlateauAsJSON(t *testing.T) {
	p := train.Plateau{Rate: .1, Factor: .5, Larger: true}
	require.NoError(t, p.Observe(math.Inf(-1)))
	data, err := json.Marshal(&p)
	require.NoError(t, err)
	assert.JSONEq(t, `{"rate":0.1,"seen":true,"best":"-Inf","since":0}`, string(data))
	q := train.Plateau{Factor: .5, Larger: true}
	require.NoError(t, json.Unmarshal(data, &q))
	assert.Equal(t, p, q)
}

// A figure that is not finite, of −log 0 say, does not end a training, nor its
// checkpoints: it goes on from them to the same bits.
func TestFitGoesOnAfterFiguresThatAreNotFinite(t *testing.T) {
	for figure, watched := range map[float64]bool{math.Inf(1): true, math.Inf(-1): true, math.NaN(): false} {
		t.Run(fmt.Sprint(figure), func(t *testing.T) {
			fit := func(epochs int, file string, resume bool) (train.Fitted, []any) {
				store, o, _ := fitting(t, modes.Disjoint, tensor.Float32)
				o.Epochs, o.Checkpoint, o.Resume = epochs, file, resume
				calls := 0
				o.Score = func(p train.Predictions) (float64, error) {
					if calls++; calls == 1 && !resume {
						return figure, nil
					}
					return p.Loss, nil
				}
				if watched {
					o.Plateau = &train.Plateau{Rate: .05, Factor: .5}
					o.Stop = &train.EarlyStopping{Patience: 9}
				}
				got, err := train.Fit(store, classifier, o)
				require.NoError(t, err)
				return got, allWeights(store)
			}
			file := filepath.Join(t.TempDir(), "fit.safetensors")
			want, weights := fit(4, "", false)
			fit(2, file, false)
			got, again := fit(4, file, true)
			require.Len(t, got.History, 4)
			assert.Equal(t, fmt.Sprint(figure), fmt.Sprint(got.History[0].Figure))
			assert.Equal(t, fmt.Sprint(want.History), fmt.Sprint(got.History))
			assert.Equal(t, weights, again)
		})
	}
}
