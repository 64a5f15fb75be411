package param

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"

	"github.com/nlpodyssey/safetensors"
	"gorgonia.org/tensor"
)

// contents is a file of weights in memory.
type contents struct {
	info   Info
	params []*Param
}

func readFile(file string) (*contents, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err // the path is in the message already
		}
		return nil, err
	}
	return parse(data)
}

// parse reads a whole file. It is also safe on bytes of any origin: the
// library has checked every offset before a tensor is looked at.
func parse(data []byte) (c *contents, err error) {
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, fmt.Errorf("not a whole safetensors file: %v", r)
		}
	}()
	st, err := safetensors.Deserialize(data)
	if err != nil {
		return nil, fmt.Errorf("not a whole safetensors file: %w", err)
	}
	_, header, err := safetensors.ReadMetadata(data)
	if err != nil {
		return nil, fmt.Errorf("not a whole safetensors file: %w", err)
	}
	c = &contents{}
	if err := c.readMeta(header.Metadata()); err != nil {
		return nil, err
	}
	paths, err := order(st.Names(), header.Metadata()[metaPaths])
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		view, _ := st.Tensor(path)
		if err := c.add(path, view); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return c, nil
}

func (c *contents) readMeta(meta map[string]string) (err error) {
	if config, ok := meta[metaConfig]; ok {
		if !json.Valid([]byte(config)) {
			return errors.New("the configuration in the header is not JSON")
		}
		c.info.Config = json.RawMessage(config)
	}
	if seed, ok := meta[metaSeed]; ok {
		if c.info.Seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
			return fmt.Errorf("seed %q in the header, want a whole number", seed)
		}
	}
	switch meta[metaDtype] {
	case tensor.Float32.String():
		c.info.Dtype = tensor.Float32
	case tensor.Float64.String():
		c.info.Dtype = tensor.Float64
	case "":
	default:
		return fmt.Errorf("dtype %q in the header, want float32 or float64", meta[metaDtype])
	}
	return nil
}

// order is the order of the tensors that the header gives, or by name in a
// file of another program.
func order(names []string, list string) ([]string, error) {
	slices.Sort(names)
	if list == "" {
		return names, nil
	}
	var paths []string
	if err := json.Unmarshal([]byte(list), &paths); err != nil {
		return nil, errors.New("the list of paths in the header is not JSON")
	}
	if !slices.Equal(slices.Sorted(slices.Values(paths)), names) {
		return nil, errors.New("the list of paths in the header is not that of the tensors")
	}
	return paths, nil
}

func (c *contents) add(path string, view safetensors.TensorView) error {
	shape, err := shapeOf(view.Shape())
	if err != nil {
		return err
	}
	t, err := tensorOf(view, shape)
	if err != nil {
		return err
	}
	if c.info.Dtype.Type == nil {
		c.info.Dtype = t.Dtype()
	}
	if t.Dtype() != c.info.Dtype {
		return fmt.Errorf("dtype %v, want %v", t.Dtype(), c.info.Dtype)
	}
	c.info.Tensors = append(c.info.Tensors, TensorInfo{Path: path, Shape: shape})
	c.params = append(c.params, &Param{Path: path, Tensor: t})
	return nil
}

func shapeOf(sizes []uint64) ([]int, error) {
	shape := make([]int, len(sizes))
	for i, n := range sizes {
		if n < 1 || n > math.MaxInt32 {
			return nil, fmt.Errorf("shape %v, want sizes of at least 1", sizes)
		}
		shape[i] = int(n)
	}
	if len(shape) == 0 {
		return nil, errors.New("shape (), want at least one axis")
	}
	return shape, nil
}

func tensorOf(view safetensors.TensorView, shape []int) (*tensor.Dense, error) {
	raw := view.Data()
	var data any
	switch view.DType() {
	case safetensors.F64:
		f := make([]float64, len(raw)/8)
		for i := range f {
			f[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
		}
		data = f
	case safetensors.F32:
		f := make([]float32, len(raw)/4)
		for i := range f {
			f[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
		data = f
	default:
		return nil, fmt.Errorf("dtype %v, want F32 or F64", view.DType())
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(data)), nil
}
