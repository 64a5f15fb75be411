package classify

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/cases.py makes the cases.
type golden struct {
	Classes                               int
	Labels, Predicted                     []int
	Scores, F1                            []float64
	SetsLabels                            []bool `json:"sets_labels"`
	SetsPredicted                         []bool `json:"sets_predicted"`
	Confusion                             Confusion
	Accuracy, Balanced, Macro, Micro, AUC float64
	SetsMacro                             float64 `json:"sets_macro"`
	SetsMicro                             float64 `json:"sets_micro"`
	MacroAUC                              float64 `json:"macro_auc"`
}

func TestAsScikitLearn(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.json")
	require.NoError(t, err)
	var cases []golden
	require.NoError(t, json.Unmarshal(data, &cases))
	require.Len(t, cases, 10)
	const tol = 1e-12
	for _, g := range cases {
		// A row without a label changes nothing.
		labels, predicted := append(g.Labels, -1), append(g.Predicted, 0)
		c, err := NewConfusion(predicted, labels, g.Classes)
		require.NoError(t, err)
		assert.Equal(t, g.Confusion, c)
		assert.InDelta(t, g.Accuracy, c.Accuracy(), tol)
		assert.InDelta(t, g.Balanced, c.BalancedAccuracy(), tol)
		for i, f := range c.Counts().F1() {
			if f != f {
				f = 0 // neither predicted nor there
			}
			assert.InDelta(t, g.F1[i], f, tol)
		}
		assert.InDelta(t, g.Macro, c.MacroF1(), tol)
		assert.InDelta(t, g.Micro, c.MicroF1(), tol)
		sets, err := CountSets(g.SetsPredicted, g.SetsLabels, g.Classes)
		require.NoError(t, err)
		assert.InDelta(t, g.SetsMacro, sets.MacroF1(), tol)
		assert.InDelta(t, g.SetsMicro, sets.MicroF1(), tol)
		one, score := []int{-1}, []float64{5}
		for i, l := range g.Labels {
			is := 0
			if l == 1 {
				is = 1
			}
			one, score = append(one, is), append(score, g.Scores[i*g.Classes+1])
		}
		auc, err := AUC(score, one)
		require.NoError(t, err)
		assert.InDelta(t, g.AUC, auc, tol)
		auc, err = MacroAUC(append(g.Scores, make([]float64, g.Classes)...), labels, g.Classes)
		require.NoError(t, err)
		assert.InDelta(t, g.MacroAUC, auc, tol)
	}
}

// Nothing to measure is NaN, not an error.
func TestUndefined(t *testing.T) {
	c, err := NewConfusion([]int{1}, []int{-1}, 2)
	require.NoError(t, err)
	for _, v := range []float64{c.Accuracy(), c.BalancedAccuracy(), c.MacroF1(), c.MicroF1()} {
		assert.True(t, math.IsNaN(v))
	}
	auc, err := AUC([]float64{1, 2}, []int{1, 1})
	require.NoError(t, err)
	assert.True(t, math.IsNaN(auc))
}

func TestRefusals(t *testing.T) {
	for want, f := range map[string]func() error{
		"classify: 1 predictions and 2 labels, want as many":                    func() error { _, err := NewConfusion([]int{1}, []int{1, 1}, 2); return err },
		"classify: classes = 0, want at least 1":                                func() error { _, err := NewConfusion(nil, nil, 0); return err },
		"classify: row 0 is predicted as 2 and labelled 0, want 0 to 1":         func() error { _, err := NewConfusion([]int{2}, []int{0}, 2); return err },
		"classify: row 0 is predicted as 0 and labelled -2":                     func() error { _, err := NewConfusion([]int{0}, []int{-2}, 2); return err },
		"classify: 1 predictions and 1 labels, want as many, in rows of 2":      func() error { _, err := CountSets([]bool{true}, []bool{true}, 2); return err },
		"classify: 1 scores and 0 labels, want as many":                         func() error { _, err := AUC([]float64{1}, nil); return err },
		"classify: row 0 has label 2 and score 1, want 0, 1 or −1 and a number": func() error { _, err := AUC([]float64{1}, []int{2}); return err },
		"classify: row 0 has label 1 and score NaN, want":                       func() error { _, err := AUC([]float64{math.NaN()}, []int{1}); return err },
		"classify: 1 scores, 1 labels and 2 classes, want":                      func() error { _, err := MacroAUC([]float64{1}, []int{1}, 2); return err },
		"classify: row 0 has label 5, want at most 1":                           func() error { _, err := MacroAUC([]float64{1, 2}, []int{5}, 2); return err },
		"classify: row 1 has label -3 and score 4":                              func() error { _, err := MacroAUC([]float64{1, 2, 4, 5}, []int{0, -3}, 2); return err },
	} {
		assert.ErrorContains(t, f(), want)
	}
}
