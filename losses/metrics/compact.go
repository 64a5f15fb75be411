package metrics

import "fmt"

// compact renumbers the groups of ids as 0, 1, … in order of first appearance
// and returns the new numbers (Unassigned stays Unassigned) with the size of each group.
func compact(name string, ids []int) ([]int32, []int64, error) {
	seen := make(map[int]int32)
	out := make([]int32, len(ids))
	var sizes []int64
	for i, id := range ids {
		if id < Unassigned {
			return nil, nil, fmt.Errorf("metrics: %s[%d] = %d, want at least -1 (-1: none)", name, i, id)
		}
		if id == Unassigned {
			out[i] = Unassigned
			continue
		}
		c, ok := seen[id]
		if !ok {
			c = int32(len(sizes))
			seen[id] = c
			sizes = append(sizes, 0)
		}
		out[i] = c
		sizes[c]++
	}
	return out, sizes, nil
}
