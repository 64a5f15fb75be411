package main

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

const sources = `1. Lee, Lee, Kang, Self-Attention Graph Pooling, ICML 2019, arXiv 1904.08082, the hierarchical models.
2. Bianchi, Grattarola, Alippi, Spectral Clustering with Graph Neural Networks for Graph Pooling, ICML 2020, arXiv 1907.00481.
3. Ying et al., Hierarchical Graph Representation Learning with Differentiable Pooling, NeurIPS 2018, arXiv 1806.08804.
`
