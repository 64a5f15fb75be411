package shard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
)

// Version is the version of the stores that this package writes and reads.
const Version = 1

// The types of features in files.
const (
	Float32  = "float32"
	BFloat16 = "bfloat16" // the upper half of a float32, rounded to nearest even
)

// MaxNodes is the most nodes that a store has: columns are int32.
const MaxNodes = math.MaxInt32

// Meta says what a store holds.
type Meta struct {
	Version    int   `json:"version"`
	Nodes      int64 `json:"nodes"`
	Entries    int64 `json:"entries"`     // of A, both directions of each edge
	Features   int   `json:"features"`    // columns of X; 0: none
	Propagated int   `json:"propagated"`  // the largest t of which ÂᵗX is kept
	Block      int   `json:"block"`       // rows of a block, at most
	MaxEntries int   `json:"max_entries"` // entries of a block of more than one row, at most

	Dtype       string  `json:"dtype"` // of features in files: Float32 or BFloat16
	Weighted    bool    `json:"weighted"`
	Labels      bool    `json:"labels"`
	Ordered     bool    `json:"ordered"`      // rows have another order than the input's; see Store.Order
	Named       bool    `json:"named"`        // nodes have names; see Store.Names
	TotalWeight float64 `json:"total_weight"` // the sum of A, 2m
	Loop        float64 `json:"loop"`         // what Â adds to the diagonal of A; see Options.MeanLoop

	Classes []string `json:"classes,omitempty"` // the words of the labels; none: numbers

	Files map[string]FileSum `json:"files"` // by name, all but meta.json
}

// FileSum is what a file of the store must be.
type FileSum struct {
	Bytes  int64  `json:"bytes"`
	CRC32C string `json:"crc32c"` // of the sums at its end
}

// metaName is the file that holds Meta.
const metaName = "meta.json"

// A meta.json is metaHead, 8 digits, metaNext, Meta as JSON, metaEnd. The digits
// are the CRC-32C of all that follows them.
const (
	metaHead = "{\"crc32c\": \""
	metaNext = "\",\n\"store\": "
	metaEnd  = "}\n"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumText(b []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(b, castagnoli)) }

// encode is m as its file.
func (m Meta) encode() ([]byte, error) {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	rest := metaNext + string(b) + metaEnd
	return []byte(metaHead + sumText([]byte(rest)) + rest), nil
}

// readMeta reads and checks the meta.json of a store.
func readMeta(dir string) (Meta, error) {
	path := filepath.Join(dir, metaName)
	b, err := os.ReadFile(path)
	if err != nil {
		return Meta{}, pathError(path, err)
	}
	var m Meta
	rest, ok := bytes.CutPrefix(b, []byte(metaHead))
	if !ok || len(rest) < 8+len(metaNext)+len(metaEnd) {
		return m, fmt.Errorf("%s: not the meta.json of a store", path)
	}
	sum, rest := string(rest[:8]), rest[8:]
	if got := sumText(rest); got != sum {
		return m, fmt.Errorf("%s: crc32c = %s, want %q as written there: the file was changed or damaged", path, got, sum)
	}
	body, ok1 := bytes.CutPrefix(rest, []byte(metaNext))
	body, ok2 := bytes.CutSuffix(body, []byte(metaEnd))
	if !ok1 || !ok2 {
		return m, fmt.Errorf("%s: not the meta.json of a store", path)
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	if err := m.check(); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// check errs where a field is out of range or a file is missing.
func (m Meta) check() error {
	switch {
	case m.Version != Version:
		return fmt.Errorf("version = %d, want %d", m.Version, Version)
	case m.Nodes < 0 || m.Nodes > MaxNodes:
		return fmt.Errorf("nodes = %d, want 0 to %d", m.Nodes, int64(MaxNodes))
	case m.Entries < 0:
		return fmt.Errorf("entries = %d, want at least 0", m.Entries)
	case m.Features < 0 || m.Features > maxFeatures:
		return fmt.Errorf("features = %d, want 0 to %d", m.Features, maxFeatures)
	case m.Propagated < 0 || m.Propagated > maxHops:
		return fmt.Errorf("propagated = %d, want 0 to %d", m.Propagated, maxHops)
	case m.Block < 1 || m.Block > maxBlock:
		return fmt.Errorf("block = %d, want 1 to %d", m.Block, maxBlock)
	case m.Dtype != Float32 && m.Dtype != BFloat16:
		return fmt.Errorf("dtype = %q, want %s or %s", m.Dtype, Float32, BFloat16)
	}
	for _, name := range m.files() {
		if _, ok := m.Files[name]; !ok {
			return fmt.Errorf("files has no %s", name)
		}
	}
	return nil
}

// files lists the names of m's files.
func (m Meta) files() []string {
	names := []string{blocksName, rowsName, columnsName, degreesName}
	for _, f := range []struct {
		is   bool
		name string
	}{{m.Weighted, weightsName}, {m.Labels, labelsName}, {m.Ordered, orderName}, {m.Named, namesName}} {
		if f.is {
			names = append(names, f.name)
		}
	}
	if m.Features > 0 {
		for t := range m.Propagated + 1 {
			names = append(names, featuresName(t))
		}
	}
	return names
}

// The names of files.
const (
	blocksName  = "blocks.bin"
	rowsName    = "rows.bin"
	columnsName = "columns.bin"
	weightsName = "weights.bin"
	degreesName = "degrees.bin"
	labelsName  = "labels.bin"
	orderName   = "order.bin"
	namesName   = "names.bin"
)

// featuresName is the file of ÂᵗX.
func featuresName(hop int) string { return fmt.Sprintf("features-%d.bin", hop) }

// featureBytes is the size of one feature in files.
func (m Meta) featureBytes() int64 {
	if m.Dtype == BFloat16 {
		return 2
	}
	return 4
}
