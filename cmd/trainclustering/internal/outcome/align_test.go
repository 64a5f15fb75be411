package outcome

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

func TestRenumber(t *testing.T) {
	assert.Equal(t, []int{0, 2}, Renumber([]int{0, 2}, nil))
	assert.Equal(t, []int{5, 1, 6, 7}, Renumber([]int{0, 1, 2, 3}, []int{5, 1}), "what was split off comes behind all")
}

func TestSharesAreInTheOrderOfTheNumbers(t *testing.T) {
	res := &Result{Best: &Best{Fit: &model.Fit{Shares: []float32{.1, .2, .7, .3, .4, .3}}}}
	res.Options.K = 3
	assert.Equal(t, res.Best.Shares, res.shares())
	res.Numbers = []int{4, 9, 0}
	assert.Equal(t, []float32{.7, .1, .2, .3, .3, .4}, res.shares())
}
