package graphfile

import "slices"

// words reads class_names, the words of the labels, and attr_names, those of
// the features' columns, where they are text and there are enough.
func (z *archive) words(g *Graph) error {
	classes, err := z.texts("class_names")
	if err != nil {
		return err
	}
	if g.Labels != nil && g.LabelNames == nil && len(classes) > slices.Max(g.Labels) {
		g.LabelNames = classes
	}
	columns, err := z.texts("attr_names")
	if err != nil {
		return err
	}
	if g.Features != nil && len(columns) == g.Features.Cols {
		g.FeatureNames = columns
	}
	return nil
}

// texts reads an array of text; nil where there is none of this name and kind.
func (z *archive) texts(name string) ([]string, error) {
	if !z.has(name) {
		return nil, nil
	}
	a, err := z.open(name, 1)
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.r.Close() }()
	if !isText(a.dtype.kind) {
		return nil, nil
	}
	return a.texts()
}
