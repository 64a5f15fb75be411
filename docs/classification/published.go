package main

import "fmt"

// published is a published accuracy with the number of its source, – where none
// is known.
func published(dataset, model string) string {
	if v, ok := figures[dataset+" "+model]; ok {
		return v
	}
	return "–"
}

// figures is by data set and model.
var figures = map[string]string{
	"PROTEINS TopK":     "71.1 ± 0.9 [1]",
	"PROTEINS SAG":      "71.9 ± 1.0 [1]",
	"PROTEINS DiffPool": "68.2 ± 2.0 [1], 76.3 [3]",
	"PROTEINS MinCut":   "76.5 ± 2.6 [2]",
	"NCI1 TopK":         "67.0 ± 2.3 [1]",
	"NCI1 SAG":          "67.5 ± 1.1 [1]",
	"NCI1 DiffPool":     "62.3 ± 1.9 [1]",
	"DD TopK":           "75.0 ± 0.9 [1]",
	"DD SAG":            "76.5 ± 1.0 [1]",
	"DD DiffPool":       "67.0 ± 2.4 [1], 80.6 [3]",
	"DD MinCut":         "80.8 ± 2.3 [2]",
	"ENZYMES DiffPool":  "62.5 [3]",
}

// bars is the mean accuracy that is wanted of a model on a data set, in per
// cent; that of a data set alone is wanted of its best model.
var bars = map[string]float64{
	"PROTEINS none": 73, "PROTEINS TopK": 71, "PROTEINS SAG": 71.5, "PROTEINS MinCut": 74, "PROTEINS DMoN": 74, "PROTEINS DiffPool": 73.5,
	"NCI1 none": 76, "NCI1 TopK": 73, "NCI1 SAG": 72, "NCI1 MinCut": 73, "NCI1 DiffPool": 70,
	"ENZYMES TopK": 50, "ENZYMES MinCut": 50, "ENZYMES DMoN": 50, "ENZYMES DiffPool": 50,
	"DD TopK": 74, "DD SAG": 74,
	"MUTAG": 84, "IMDB-BINARY": 71,
}

// wanted is the bar of a row, and how far above or below it its mean is.
func (r row) wanted() string {
	mean, _ := meanSD(r.Accuracy)
	if bar, ok := bars[r.Dataset+" "+r.Model]; ok {
		return fmt.Sprintf("%g (%+.1f)", bar, 100*mean-bar)
	}
	if bar, ok := bars[r.Dataset]; ok {
		return fmt.Sprintf("any %g (%+.1f)", bar, 100*mean-bar)
	}
	return "–"
}

const sources = `1. Lee, Lee, Kang, Self-Attention Graph Pooling, ICML 2019, arXiv 1904.08082, the hierarchical models.
2. Bianchi, Grattarola, Alippi, Spectral Clustering with Graph Neural Networks for Graph Pooling, ICML 2020, arXiv 1907.00481.
3. Ying et al., Hierarchical Graph Representation Learning with Differentiable Pooling, NeurIPS 2018, arXiv 1806.08804.
`
