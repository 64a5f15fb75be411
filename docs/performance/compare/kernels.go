package main

// kernelItems is every operation and layer, ours beside the peer's.
var kernelItems = []kernelItem{
	kernel("SpMM, 169,343 rows, 2.33M entries, 64 columns", "spmm/64/float32", "SpMM/arxiv/n=64/weighted"),
	kernel("the same, 16 columns", "spmm/16/float32", "SpMM/arxiv/n=16/weighted"),
	kernel("the same, 64 columns, float64", "spmm/64/float64", "SpMM/arxiv/n=64/f64/weighted"),
	kernel("sparse X·W, PubMed's size", "features/xw", "SparseFeatures/pubmed/XW"),
	kernel("its gradient XᵀG", "features/xtg", "SparseFeatures/pubmed/XtG"),
	kernel("dense X·W, 13,752×767 by 64", "dense/13752/767/64/xw", "MatMul/13752x767x64/f32/XW"),
	kernel("its gradient XᵀG", "dense/13752/767/64/xtg", "MatMul/13752x767x64/f32/XtG"),
	kernel("dense X·W, 169,343×128 by 64", "dense/169343/128/64/xw", "MatMul/169343x128x64/f32/XW"),
	kernel("its gradient XᵀG", "dense/169343/128/64/xtg", "MatMul/169343x128x64/f32/XtG"),
	kernel("softmax of rows, 169,343×16", "softmax/169343/16/forward", "RowSoftmax/169343x16/forward"),
	kernel("its gradient", "softmax/169343/16/gradient", "RowSoftmax/169343x16/grad"),
	kernel("SELU, 169,343×64", "selu/169343/64/forward", "Activation/2/10837952/forward"),
	kernel("its gradient", "selu/169343/64/gradient", "Activation/2/10837952/grad"),
	kernel("top-k, 128 segments of 40", "topk/128/40", "SegmentTopK/128x40"),
	kernel("top-k, 1,000 segments of 1,000", "topk/1000/1000", "SegmentTopK/1000x1000"),
	kernel("top-k, 100,000 segments of 10", "topk/100000/10", "SegmentTopK/100000x10"),

	segment("sum", "sorted", "forward"), segment("sum", "sorted", "gradient"),
	segment("mean", "sorted", "forward"), segment("mean", "sorted", "gradient"),
	segment("max", "sorted", "forward"), segment("max", "sorted", "gradient"),
	segment("sum", "unsorted", "forward"), segment("sum", "unsorted", "gradient"),

	layer("DiffPool, 32 graphs of 100 nodes", "diffpool", "DiffPool/b=32/n=100/f=32/k=25/dense"),
	layer("MinCut, the same", "mincut", "MinCutPool/b=32/n=100/f=32/k=25/dense"),
	layer("DMoN, the same", "dmon", "DMoNPool/b=32/n=100/f=32/k=25/dense"),
	layer("TopK, 128 graphs of about 40 nodes", "topk", "TopKPool/b=128/n=40/f=64/ratio=0.5"),
	layer("SAG, the same", "sag", "SAGPool/b=128/n=40/f=64/ratio=0.5"),
}

func kernel(name, script, benchmark string) kernelItem {
	return kernelItem{"kernel", name, kernelsPkg, []string{benchmark}, []string{"kernels.py", script}}
}

// segment is a reduction of a million rows of 64 columns to 100,000, alone or
// with its gradient as a program of Gorgonia computes it.
func segment(reduction, order, kind string) kernelItem {
	name := "segment " + reduction + ", " + order
	if kind == "gradient" {
		name += ", with gradient"
	}
	return kernelItem{
		"kernel", name, opsPkg,
		[]string{"Segment/" + reduction + "/" + order + "/" + kind},
		[]string{"kernels.py", "segment/" + reduction + "/" + order + "/" + kind},
	}
}

func layer(name, script, benchmark string) kernelItem {
	return kernelItem{"layer", name, layersPkg, []string{benchmark}, []string{"layers.py", script}}
}
