package param

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nlpodyssey/safetensors"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// bits is the exact content of a store, NaN included.
func bits(t testing.TB, s *Store) map[string][]uint64 {
	t.Helper()
	out := map[string][]uint64{}
	for p := range s.All() {
		var b []uint64
		switch d := p.Tensor.Data().(type) {
		case []float64:
			for _, v := range d {
				b = append(b, math.Float64bits(v))
			}
		case []float32:
			for _, v := range d {
				b = append(b, uint64(math.Float32bits(v)))
			}
		}
		out[p.Path] = b
	}
	return out
}

func TestLoadIsBitEqual(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		s := saved(t, dt)
		file := save(t, s, `{"class":"dmon","k":16}`)

		opened, info, err := Open(file)
		require.NoError(t, err)
		assert.Equal(t, bits(t, s), bits(t, opened))
		assert.Equal(t, paths(s), paths(opened), "the order is kept")
		assert.Equal(t, s.Seed(), opened.Seed())
		assert.Equal(t, dt, opened.Dtype())
		assert.JSONEq(t, `{"class":"dmon","k":16}`, string(info.Config))

		empty := newStore(t, dt, 1)
		require.NoError(t, empty.Load(file))
		assert.Equal(t, bits(t, s), bits(t, empty))
		assert.Equal(t, uint64(1), empty.Seed())

		g := G.NewGraph()
		other := newStore(t, dt, 2)
		sc := other.Scope(g, true)
		_, err = sc.Sub("a").Param("bias", Ones{}, Spec{}, 5)
		require.NoError(t, err)
		n, err := sc.Sub("z").Param("kernel", Ones{}, Spec{}, 3, 4)
		require.NoError(t, err)
		require.NoError(t, other.Load(file))
		assert.Equal(t, bits(t, s), bits(t, other))
		assert.Equal(t, s.Get("z/kernel").Tensor.Data(), n.Value().Data(), "the graph sees the weights")
	}
}

func TestLoadedStoreIsSealed(t *testing.T) {
	s, _, err := Open(save(t, saved(t, tensor.Float32), ""))
	require.NoError(t, err)
	sc := s.Scope(G.NewGraph(), false)
	_, err = sc.Sub("z").Param("kernel", Ones{}, Spec{}, 3, 4)
	require.NoError(t, err)
	_, err = sc.Sub("z").Param("kernel", Ones{}, Spec{}, 3, 4)
	assert.EqualError(t, err, "param: z_1/kernel: not among the 2 weights of the sealed store")
	_, err = sc.Sub("a").Param("bias", Ones{}, Spec{}, 6)
	assert.EqualError(t, err, "param: a/bias: shape (5) is stored, (6) wanted")
	assert.Equal(t, []string{"a/bias"}, sc.Unused())
}

func TestInspect(t *testing.T) {
	info, err := Inspect(save(t, saved(t, tensor.Float64), ""))
	require.NoError(t, err)
	assert.Equal(t, Info{
		Dtype: tensor.Float64, Seed: 1<<63 + 5,
		Tensors: []TensorInfo{{"z/kernel", []int{3, 4}}, {"a/bias", []int{5}}},
	}, info)
	_, err = Inspect(filepath.Join(t.TempDir(), "none"))
	assert.ErrorContains(t, err, "no such file")
	assert.Equal(t, 1, strings.Count(err.Error(), "none"))
}

func TestEmptyStoreSavesAndLoads(t *testing.T) {
	s, info, err := Open(save(t, newStore(t, tensor.Float32, 4), `null`))
	require.NoError(t, err)
	assert.Zero(t, s.Len())
	assert.Equal(t, "null", string(info.Config))
}

func TestLoadRefusesWhatDoesNotFit(t *testing.T) {
	build := func(dt tensor.Dtype, shapes map[string]int) *Store {
		s := newStore(t, dt, 1)
		sc := s.Scope(G.NewGraph(), true)
		for _, name := range []string{"a", "b", "c"} {
			if n := shapes[name]; n > 0 {
				_, err := sc.Param(name, Constant{7}, Spec{}, n)
				require.NoError(t, err)
			}
		}
		return s
	}
	file := save(t, build(tensor.Float32, map[string]int{"a": 2, "b": 3}), "")
	for want, s := range map[string]*Store{
		"missing c":                             build(tensor.Float32, map[string]int{"a": 2, "b": 3, "c": 4}),
		"b: not among the weights of the store": build(tensor.Float32, map[string]int{"a": 2}),
		"b: shape (3), want (4)":                build(tensor.Float32, map[string]int{"a": 2, "b": 4}),
		"a: dtype float32, want float64":        build(tensor.Float64, map[string]int{"a": 2, "b": 3}),
	} {
		before := bits(t, s)
		assert.EqualError(t, s.Load(file), "param: "+file+": "+want)
		assert.Equal(t, before, bits(t, s))
	}
	empty := newStore(t, tensor.Float64, 1)
	assert.ErrorContains(t, empty.Load(file), "a: dtype float32, want float64")
	assert.Zero(t, empty.Len())
}

func TestTruncatedAndCorruptFiles(t *testing.T) {
	file := save(t, saved(t, tensor.Float32), `{"k":1}`)
	whole, err := os.ReadFile(file)
	require.NoError(t, err)
	s := newStore(t, tensor.Float32, 1)
	check := func(data []byte, what string) {
		require.NoError(t, os.WriteFile(file, data, 0o600))
		err := s.Load(file)
		require.Error(t, err, what)
		assert.NotContains(t, err.Error(), "\n", what)
		assert.Zero(t, s.Len(), what)
	}
	for n := range whole {
		check(whole[:n], "cut short")
	}
	check(append(append([]byte(nil), whole...), 0), "one byte too many")
	huge := append([]byte(nil), whole...)
	binary.LittleEndian.PutUint64(huge, 1<<60)
	check(huge, "a header of 2^60 bytes")
	for old, new := range map[string]string{
		`"shape":[3,4]`: `"shape":[4,4]`, `"F32"`: `"F31"`, `[\"z/kernel\",\"a/bias\"]`: `[\"z/kernel\",\"z/kernel\"]`,
		`"dtype":"float32"`: `"dtype":"float16"`, `9223372036854775813`: `x223372036854775813`, `{\"k\":1}`: `{\"k\":1]`,
	} {
		text := strings.Replace(string(whole), old, new, 1)
		require.NotEqual(t, text, string(whole), old)
		if len(new) != len(old) {
			n := binary.LittleEndian.Uint64(whole)
			text = string(binary.LittleEndian.AppendUint64(nil, n+uint64(len(new)-len(old)))) + text[8:]
		}
		check([]byte(text), new)
	}
}

func TestFilesOfOtherPrograms(t *testing.T) {
	write := func(dt safetensors.DType, size int, shape ...uint64) error {
		view, err := safetensors.NewTensorView(dt, shape, make([]byte, size))
		require.NoError(t, err)
		data, err := safetensors.Serialize(map[string]safetensors.TensorView{"b": view, "a": view}, nil)
		require.NoError(t, err)
		c, err := parse(data)
		if err == nil {
			assert.Equal(t, []string{"a", "b"}, []string{c.params[0].Path, c.params[1].Path})
			assert.Equal(t, tensor.Float32, c.info.Dtype)
			assert.Nil(t, c.info.Config)
		}
		return err
	}
	assert.NoError(t, write(safetensors.F32, 24, 2, 3))
	assert.EqualError(t, write(safetensors.I64, 16, 2), "a: dtype I64, want F32 or F64")
	assert.EqualError(t, write(safetensors.F32, 0, 2, 0), "a: shape [2 0], want sizes of at least 1")
}

func FuzzParse(f *testing.F) {
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		data, err := os.ReadFile(save(f, saved(f, dt), `{"k":16}`))
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse(data)
		if err != nil {
			return
		}
		total := 0
		for _, p := range c.params {
			total += p.Tensor.Shape().TotalSize()
		}
		assert.LessOrEqual(t, 4*total, len(data))
	})
}
