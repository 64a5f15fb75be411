package source_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRaising(t *testing.T) {
	p, err := read(t, `package layers

func must(v int, err error) int { ensure(err); return v }
func ensure(err error)          {}
func build(f func() int) int    { return f() }

// What runs its formula in build's is safe to call, as is its caller.
func apply(f func() int) int       { return build(func() int { return f() + near() }) }
func onNodes(g func(int) int) int  { return apply(func() int { return g(1) }) }
func Exported() int                { return onNodes(func(int) int { return near() }) }

// What runs its formula by itself is not.
func loose(f func() int) int { _ = build(func() int { return 0 }); return f() }
func Loose() int             { return loose(func() int { return must(1, nil) }) }

func near() int    { return must(1, nil) }
func far() int       { return near() }
func (T) Method() int { return build(func() int { return far() }) + far() }
func Value() int     { f := near; return build(f) }
func Other() int     { return 1 }

type T struct{}
`)
	require.NoError(t, err)
	assert.Equal(t, []string{".Method", "Loose", "Value", "ensure", "far", "must", "near"}, p.Raising())
}
