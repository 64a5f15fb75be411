package main

// kernelItems is every operation and layer, ours beside the peer's.
var kernelItems = []kernelItem{
	kernel("SpMM, 64 columns", "spmm/64/float32", "SpMM/arxiv/n=64/weighted", spmm(64, 4)),
	kernel("SpMM, 16 columns", "spmm/16/float32", "SpMM/arxiv/n=16/weighted", spmm(16, 4)),
	kernel("SpMM, 64 columns, float64", "spmm/64/float64", "SpMM/arxiv/n=64/f64/weighted", spmm(64, 8)),
	kernel("sparse X·W, PubMed's size", "features/xw", "SparseFeatures/pubmed/XW", sparseFeatures),
	kernel("sparse XᵀG, the gradient", "features/xtg", "SparseFeatures/pubmed/XtG", sparseFeatures),
	kernel("dense X·W, 13,752×767 by 64", "dense/13752/767/64/xw", "MatMul/13752x767x64/f32/XW", dense(13752, 767, 64)),
	kernel("dense XᵀG, the gradient, 13,752×767 by 64", "dense/13752/767/64/xtg", "MatMul/13752x767x64/f32/XtG", dense(13752, 767, 64)),
	kernel("dense X·W, 169,343×128 by 64", "dense/169343/128/64/xw", "MatMul/169343x128x64/f32/XW", dense(169343, 128, 64)),
	kernel("dense XᵀG, the gradient, 169,343×128 by 64", "dense/169343/128/64/xtg", "MatMul/169343x128x64/f32/XtG", dense(169343, 128, 64)),
	kernel("softmax of rows, 169,343×16", "softmax/169343/16/forward", "RowSoftmax/169343x16/forward", passes(2, 169343*16)),
	kernel("gradient of softmax", "softmax/169343/16/gradient", "RowSoftmax/169343x16/grad", passes(3, 169343*16)),
	kernel("softmax of rows, 169,343×40", "softmax/169343/40/forward", "RowSoftmax/169343x40/forward", passes(2, 169343*40)),
	kernel("gradient of softmax, 169,343×40", "softmax/169343/40/gradient", "RowSoftmax/169343x40/grad", passes(3, 169343*40)),
	kernel("SELU, 169,343×64", "selu/169343/64/forward", "Activation/2/10837952/forward", passes(2, 169343*64)),
	kernel("gradient of SELU", "selu/169343/64/gradient", "Activation/2/10837952/grad", passes(3, 169343*64)),
	kernel("top-k, 128 segments of 40", "topk/128/40", "SegmentTopK/128x40", work{}),
	kernel("top-k, 1,000 segments of 1,000", "topk/1000/1000", "SegmentTopK/1000x1000", work{}),
	kernel("top-k, 100,000 segments of 10", "topk/100000/10", "SegmentTopK/100000x10", work{}),

	segment("sum", "sorted", "forward"), segment("sum", "sorted", "gradient"),
	segment("mean", "sorted", "forward"), segment("mean", "sorted", "gradient"),
	segment("max", "sorted", "forward"), segment("max", "sorted", "gradient"),
	segment("sum", "unsorted", "forward"), segment("sum", "unsorted", "gradient"),
	segment("mean", "unsorted", "forward"), segment("mean", "unsorted", "gradient"),

	layer("DiffPool, 32 graphs of 100 nodes", "diffpool", "DiffPool/b=32/n=100/f=32/k=25/dense"),
	layer("MinCut, 32 graphs of 100 nodes", "mincut", "MinCutPool/b=32/n=100/f=32/k=25/dense"),
	layer("DMoN, 32 graphs of 100 nodes", "dmon", "DMoNPool/b=32/n=100/f=32/k=25/dense"),
	layer("TopK, 128 graphs of about 40 nodes", "topk", "TopKPool/b=128/n=40/f=64/ratio=0.5"),
	layer("SAG, 128 graphs of about 40 nodes", "sag", "SAGPool/b=128/n=40/f=64/ratio=0.5"),
}

func kernel(name, script, benchmark string, w work) kernelItem {
	return kernelItem{"kernel", name, kernelsPkg, benchmark, []string{"kernels.py", script}, w}
}

// spmm is a product with the adjacency of the large graph where no row of X is
// found in a cache: a lower bound of none, since some are.
func spmm(columns, size float64) work {
	const rows, entries = 169343, 2332486
	return work{entries*(columns*size+4+size) + rows*(columns*size+4), 2 * entries * columns}
}

// sparseFeatures is a product with sparse features, by a matrix that stays in
// the cache, or its gradient.
var sparseFeatures = work{988031*8 + 19717*(64*4+4), 2 * 988031 * 64}

// dense is a product of m×k by k×n, or its gradient.
func dense(m, k, n float64) work { return work{4 * (m*k + k*n + m*n), 2 * m * k * n} }

// passes is so many arrays of n elements, read or written.
func passes(arrays, n float64) work { return work{4 * arrays * n, 0} }

// segment is a reduction of a million rows of 64 columns to 100,000 by a
// program of Gorgonia, alone or with its gradient. Unsorted ids have the bound
// of sorted ones: a row is four whole lines of the cache, so rows in any order
// move as many bytes. The order of the rows, which we keep, is not counted.
func segment(reduction, order, kind string) kernelItem {
	const rows, segments, columns = 1e6, 1e5, 64
	name, arrays, ids := "segment "+reduction+", "+order, 1.0, 1.0
	if kind == "gradient" {
		name, arrays, ids = name+", with gradient", 2, 2
		if reduction == "max" {
			arrays = 3 // which element it was is read again
		}
	}
	return kernelItem{
		"kernel", name, opsPkg, "Segment/" + reduction + "/" + order + "/" + kind,
		[]string{"kernels.py", "segment/" + reduction + "/" + order + "/" + kind},
		work{4*columns*(arrays*rows+ids*segments) + 8*ids*rows, columns * rows * ids},
	}
}

func layer(name, script, benchmark string) kernelItem {
	return kernelItem{"layer", name, layersPkg, benchmark, []string{"layers.py", script}, work{}}
}
