package losses

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// NameClassCrossEntropy is the name of ClassCrossEntropy.
const NameClassCrossEntropy = "class_cross_entropy"

// ClassOptions are those of ClassCrossEntropy. The zero value weighs all
// classes alike and does not smooth.
type ClassOptions struct {
	// Weights of the classes, of at least 0; nil: all 1. ClassWeights makes those
	// that balance them.
	Weights []float64
	// Smoothing is the share ε of each label that is spread over all classes, in
	// [0, 1).
	Smoothing float64
}

// ClassCrossEntropy is the cross entropy of classes with weights, smoothed
// labels, and rows that do not count:
//
//	L = Σ_i ( (1−ε) w_l n_il + (ε/C) Σ_c w_c n_ic ) / Σ_i w_l,  l the label of i
//	n_ic = log Σ_k exp(z_ik) − z_ic
//
// The sums are over the rows that have a label, not −1, and count. where says
// which count: nil, all; or one number a row, ids of dtype Int (TargetIDs of a
// loader's input; the graph's IDs where rows are nodes), where −1 does not
// count, or floats (the graph's Counts where rows are graphs), where 0 does not.
// So places without a graph are left out, whatever stands in labels and logits
// there.
// Range: [0, ∞); log C where all classes get equal shares.
//
// Shapes: logits rows×C of rank 2 to 4, labels of dtype Int, one per row; the
// result is a scalar, 0 where no row counts or the labels have weight 0.
// Gradient: to the logits.
// Errors: weights or ε out of range; when run, a label outside [−1, C) of a row that
// counts.
// Source: Bishop, Pattern Recognition and Machine Learning, 2006, eq. 4.108;
// Szegedy et al., Rethinking the Inception Architecture for Computer Vision,
// CVPR 2016, arXiv 1512.00567, section 7. As PyTorch's cross_entropy with weight
// and label_smoothing.
func ClassCrossEntropy(logits, labels, where *G.Node, o ClassOptions) (*G.Node, error) {
	return build(NameClassCrossEntropy, func() *G.Node {
		if logits == nil || labels == nil {
			return must[*G.Node](nil, errors.New("the logits or the labels are nil, want a node each"))
		}
		if where != nil {
			labels = must(ops.MaskIDs(labels, counted(must(ops.Full(logits, 0, rowsOf(logits))), where)))
		}
		wrong := must(ops.CrossEntropy(logits, labels))
		s := logits.Shape()
		c, rows := s[s.Dims()-1], wrong.Shape()[0]
		if err := o.check(c); err != nil {
			return must[*G.Node](nil, err)
		}
		known := must(ops.IDMask(labels, logits, rows))
		if o.Weights == nil && o.Smoothing == 0 {
			return must(ops.MeanWhere(wrong, known))
		}
		weight := known
		if o.Weights != nil {
			weight = must(ops.Gather(constantOf(logits, o.Weights, c), labels))
		}
		wrong = must(ops.Hadamard(weight, wrong))
		if o.Smoothing > 0 {
			z := must(ops.Reshape(logits, rows, c))
			spread := must(ops.Affine(o.allClasses(z, known), o.Smoothing/float64(c), 0))
			wrong = must(G.Add(must(ops.Affine(wrong, 1-o.Smoothing, 0)), spread))
		}
		return must(ops.Divide(must(ops.MeanWhere(wrong, known)), must(ops.MeanWhere(weight, known))))
	})
}

func (o ClassOptions) check(classes int) error {
	if !(o.Smoothing >= 0 && o.Smoothing < 1) {
		return fmt.Errorf("%s = %v, want [0, 1)", "Smoothing", o.Smoothing)
	}
	if o.Weights == nil {
		return nil
	}
	return checkWeights("Weights", o.Weights, classes)
}

// allClasses is Σ_c w_c n_ic of each row of z that is known: W·n_i0 + z_i·(W e_0 − w), with W
// the sum of the weights.
func (o ClassOptions) allClasses(z, known *G.Node) *G.Node {
	rows, c := z.Shape()[0], z.Shape()[1]
	v, sum := make([]float64, c), 0.
	for i := range v {
		w := 1.
		if o.Weights != nil {
			w = o.Weights[i]
		}
		v[i] = -w
		sum += w
	}
	v[0] += sum
	first := must(ops.CrossEntropy(z, must(ops.MaskIDs(sameLabels(z, rows, 0), known))))
	rest := must(ops.Reshape(must(ops.Linear(z, constantOf(z, v, c, 1), nil, ops.Identity)), rows))
	return must(G.Add(must(ops.Affine(first, sum, 0)), rest))
}

// ClassWeights is weights with which all classes count alike in
// ClassCrossEntropy, n/(C·n_c), with n the labels that are not −1 and n_c those of
// class c; 0 for a class without any. Labels of count or more are left out, and
// nil is the result where count is not 1 to a million.
func ClassWeights(labels []int, count int) []float64 {
	if count < 1 || count > 1e6 {
		return nil
	}
	n, of := 0, make([]int, count)
	for _, l := range labels {
		if l >= 0 && l < count {
			n++
			of[l]++
		}
	}
	w := make([]float64, count)
	for c := range w {
		if of[c] > 0 {
			w[c] = float64(n) / float64(count*of[c])
		}
	}
	return w
}
