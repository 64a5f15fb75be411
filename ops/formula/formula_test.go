package formula

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBuildGivesTheErrorThatEndedTheFormula(t *testing.T) {
	wrong := errors.New("wrong")
	for _, cause := range []error{nil, wrong} {
		ended := true
		v, err := Build(func() int {
			v := Must(3, nil)
			Ensure(cause)
			ended = false
			return v
		})
		assert.Equal(t, cause, err)
		assert.Equal(t, cause != nil, ended)
		assert.Equal(t, map[bool]int{true: 0, false: 3}[ended], v)
	}
	_, err := Build(func() int { return Must(3, wrong) })
	assert.Same(t, wrong, err)
}

func TestBuildLetsOtherPanicsGoOn(t *testing.T) {
	for _, v := range []any{"a fault", errors.New("a fault")} {
		assert.PanicsWithValue(t, v, func() { _, _ = Build(func() int { panic(v) }) })
	}
}
