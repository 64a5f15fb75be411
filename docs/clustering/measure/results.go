package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"slices"
)

// number is a float64 whose JSON is null where it is not a number.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) {
		return []byte("null"), nil
	}
	return json.Marshal(math.Round(float64(n)*1e6) / 1e6)
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *number) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*n = number(math.NaN())
		return nil
	}
	return json.Unmarshal(data, (*float64)(n))
}

// load is what was measured before; nothing where the file is missing.
func load(file string) (all []measured, err error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	return all, err
}

func save(file string, all []measured) error {
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// with is all with m in place of what was measured of the same graph and k, by
// nodes, names and k. Ways that m has not got stay.
func with(all []measured, m measured) []measured {
	i := slices.IndexFunc(all, func(o measured) bool { return o.Graph == m.Graph && o.K == m.K })
	if i >= 0 {
		for _, w := range all[i].Ways {
			if _, ok := m.way(w.Name); !ok {
				m.Ways = append(m.Ways, w)
			}
		}
		all = slices.Delete(all, i, i+1)
	}
	all = append(all, m)
	slices.SortFunc(all, func(a, b measured) int {
		return cmp.Or(cmp.Compare(b.Nodes, a.Nodes), cmp.Compare(a.Graph, b.Graph), cmp.Compare(a.K, b.K))
	})
	return all
}
