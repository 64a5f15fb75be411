package table_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
)

// TestLiteralsAreRefused wants every layer that its constructor did not make
// to be an error that names the constructor: with all options zero, and with
// those that the constructor sets.
func TestLiteralsAreRefused(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		of := reflect.TypeOf(l).Elem()
		store, err := param.NewStore(tensor.Float64, 1)
		require.NoError(t, err)
		want := fmt.Sprintf("layers: %s: the layer is a literal of %s, which lacks the defaults, want New%[2]s and fields set after it",
			row.class(), of.Name())

		zero := reflect.New(of).Interface().(layers.Layer)
		_, err = tableBuild(zero, store, row.base(), row.base().input(), true)
		assert.EqualError(t, err, want)

		literal := reflect.New(of)
		for i := range of.NumField() {
			if of.Field(i).IsExported() {
				literal.Elem().Field(i).Set(reflect.ValueOf(l).Elem().Field(i))
			}
		}
		_, err = tableBuild(literal.Interface().(layers.Layer), store, row.base(), row.base().input(), true)
		assert.EqualError(t, err, want)

		_, err = tableBuild(reflect.Zero(reflect.TypeOf(l)).Interface().(layers.Layer), store, row.base(), row.base().input(), true)
		assert.ErrorContains(t, err, fmt.Sprintf("layers: %s: the layer is a nil *layers.%s, want one that its constructor made", row.class(), of.Name()))
		assert.Zero(t, store.Len(), "no weight was made")
	})
}
