package param

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/nlpodyssey/safetensors"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes/wholefile"
)

// Keys of the metadata in a file's header.
const (
	metaFormat = "format"
	metaDtype  = "dtype"
	metaSeed   = "seed"
	metaConfig = "config"
	metaPaths  = "paths"

	formatName = "graphpool"
)

// Save writes the weights as a safetensors file: one tensor a path, and in
// the metadata of its header the dtype, the seed, the order of the weights and
// config, any JSON value (nil for none). The same store writes the same
// bytes. The file appears whole or not at all: it is written beside its place
// and renamed.
func (s *Store) Save(file string, config json.RawMessage) error {
	err := wholefile.Write(file, func(w io.Writer) error { return s.write(w, config) })
	if err != nil {
		return fmt.Errorf("param: save %s: %w", file, err)
	}
	return nil
}

// Write writes what Save puts into a file.
func (s *Store) Write(w io.Writer, config json.RawMessage) error {
	if err := s.write(w, config); err != nil {
		return fmt.Errorf("param: write: %w", err)
	}
	return nil
}

func (s *Store) write(w io.Writer, config json.RawMessage) error {
	if w == nil {
		return errors.New("the writer is nil")
	}
	if err := s.check(); err != nil {
		return err
	}
	meta, err := s.metadata(config)
	if err != nil {
		return err
	}
	views := make(map[string]safetensors.TensorView, s.Len())
	for p := range s.All() {
		if views[p.Path], err = viewOf(p.Tensor); err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	return safetensors.SerializeToWriter(views, meta, w)
}

func (s *Store) metadata(config json.RawMessage) (map[string]string, error) {
	paths := make([]string, 0, s.Len())
	for p := range s.All() {
		paths = append(paths, p.Path)
	}
	order, err := json.Marshal(paths)
	if err != nil {
		return nil, err
	}
	meta := map[string]string{
		metaFormat: formatName,
		metaDtype:  s.dtype.String(),
		metaSeed:   strconv.FormatUint(s.seed, 10),
		metaPaths:  string(order),
	}
	if config != nil {
		if !json.Valid(config) {
			return nil, errors.New("config is not JSON")
		}
		meta[metaConfig] = string(config)
	}
	return meta, nil
}

func viewOf(t *tensor.Dense) (safetensors.TensorView, error) {
	shape := make([]uint64, t.Dims())
	for i, n := range t.Shape() {
		shape[i] = uint64(n)
	}
	switch d := t.Data().(type) {
	case []float64:
		data := make([]byte, 0, 8*len(d))
		for _, v := range d {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		}
		return safetensors.NewTensorView(safetensors.F64, shape, data)
	case []float32:
		data := make([]byte, 0, 4*len(d))
		for _, v := range d {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
		}
		return safetensors.NewTensorView(safetensors.F32, shape, data)
	}
	return safetensors.TensorView{}, fmt.Errorf("dtype %v", t.Dtype())
}
