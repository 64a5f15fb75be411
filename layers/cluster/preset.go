package cluster

import "fmt"

// Preset is options for k clusters by the name of what they are for:
//
//	quality      modularity and agreement with features both: Defaults
//	communities  neighbours in features count half as much as the edges: a
//	             little more like groups that people name, and less modularity
//	modularity   quality, then multi-level refinement: clusters as dense as
//	             Louvain's, less like named groups
//
// docs/clustering.md has what each gives on real graphs.
func Preset(name string, k int) (Options, error) {
	o := Defaults(k)
	switch name {
	case "quality":
	case "communities":
		o.Neighbours = .5
	case "modularity":
		o.Refine = MultiLevel
	default:
		return Options{}, fmt.Errorf("cluster: preset = %q, want quality, communities or modularity", name)
	}
	return o, nil
}
