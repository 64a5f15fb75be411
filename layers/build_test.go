package layers

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBuildGivesTheErrorThatEndedTheFormula(t *testing.T) {
	wrong := errors.New("wrong")
	for _, cause := range []error{nil, wrong} {
		ended := true
		v, err := build(func() int {
			v := must(3, nil)
			ensure(cause)
			ended = false
			return v
		})
		assert.Equal(t, cause, err)
		assert.Equal(t, cause != nil, ended)
		assert.Equal(t, map[bool]int{true: 0, false: 3}[ended], v)
	}
	_, err := build(func() int { return must(3, wrong) })
	assert.Same(t, wrong, err)
}

func TestBuildLetsOtherPanicsGoOn(t *testing.T) {
	for _, v := range []any{"a fault", errors.New("a fault")} {
		assert.PanicsWithValue(t, v, func() { _, _ = build(func() int { panic(v) }) })
	}
}
