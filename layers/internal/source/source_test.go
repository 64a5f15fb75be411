package source_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/internal/source"
)

const example = `package layers

// Common is options.
type Common struct {
	Rate float64 // how much
	hidden int
}

// APool pools:
//
//	X' = X
type APool struct {
	// K is how many.
	K, M int
	Common
	Inner []*Layer
}

// NewAPool is an APool.
func NewAPool(k int, name string, inner Layer) *APool { return nil }

// Apply implements Layer.
func (p *APool) Apply() {}

// Class implements Classed.
func (*APool) Class() string { return "apool" }

// BPool is another one.
type BPool struct{ APool }

func NewBPool(ks ...int) *BPool { return nil }

func (*BPool) Class() string { return "b" }

// Kind is kinds.
type Kind int

const (
	One Kind = iota // the first
	// Two is the
	// second.
	Two
)

// Plain is no layer.
type Plain struct{}

func NewPlain() *Plain { return nil }

// Layer is any layer.
type Layer interface{ Apply() }

// Twice is p two
// times.
func Twice(p Layer, _ int) Layer { return nil }

// Half is half of a BPool.
func Half(a, b *Layer) *BPool { return nil }

func Load() (Layer, error) { return nil, nil }

func hidden() Layer { return nil }

func Run(p Layer) {}
`

func read(t *testing.T, text string) (*source.Package, error) {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a_pool.go"), []byte(text), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a_test.go"), []byte("not Go"), 0o600))
	return source.Read(dir)
}

func TestLayers(t *testing.T) {
	p, err := read(t, example)
	require.NoError(t, err)
	ls, err := p.Layers()
	require.NoError(t, err)
	options := []source.Option{
		{Name: "K", Type: "int", Doc: "K is how many."},
		{Name: "M", Type: "int", Doc: "K is how many."},
		{Name: "Rate", Type: "float64", Doc: "how much", From: "Common"},
		{Name: "Inner", Type: "[]*Layer"},
	}
	require.Len(t, ls, 2)
	assert.Equal(t, source.Layer{
		Name: "APool", Class: "apool", Doc: "APool pools:\n\n\tX' = X\n", New: "NewAPool",
		Params: []string{"k", "name", "inner"}, Args: []string{"0", `""`, "nil"}, Options: options,
	}, ls[0])
	assert.Equal(t, "b", ls[1].Class)
	assert.Equal(t, "NewBPool", ls[1].New)
	assert.Empty(t, ls[1].Args)
	assert.Len(t, ls[1].Options, 4)
	assert.Equal(t, "APool pools:\n\n\tX' = X\n", p.Doc(ls[0].Doc))
	assert.Equal(t, "Common is options.\n", p.TypeDoc("Common"))
	assert.Empty(t, p.TypeDoc("None"))
	assert.Equal(t, []source.Option{{Name: "Rate", Type: "float64", Doc: "how much"}}, p.Options("Common"))
	assert.Empty(t, p.Options("None"))
	assert.Equal(t, []source.Option{{Name: "One", Type: "Kind", Doc: "the first"}, {Name: "Two", Type: "Kind", Doc: "Two is the second."}}, p.Values("Kind"))
	assert.Empty(t, p.Values("None"))
}

func TestErrors(t *testing.T) {
	_, err := source.Read(t.TempDir())
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, err = read(t, "not Go")
	assert.Error(t, err)
	p, err := read(t, "package layers\ntype A struct{}\nfunc (A) Apply() {}\n")
	require.NoError(t, err)
	_, err = p.Layers()
	assert.EqualError(t, err, "A: no constructor NewA")
	p, err = read(t, "package layers\ntype A struct{}\nfunc (A) Apply() {}\nfunc NewA() *A { return nil }\n")
	require.NoError(t, err)
	_, err = p.Layers()
	assert.EqualError(t, err, "A: no method Class of its own that returns a string constant")
}

func TestMakers(t *testing.T) {
	p, err := read(t, example)
	require.NoError(t, err)
	makers, err := p.Makers()
	require.NoError(t, err)
	assert.Equal(t, []source.Func{
		{Name: "Half", Signature: "func Half(a, b *Layer) *BPool", Doc: "Half is half of a BPool.\n"},
		{Name: "Twice", Signature: "func Twice(p Layer, _ int) Layer", Doc: "Twice is p two\ntimes.\n"},
	}, makers)
}
