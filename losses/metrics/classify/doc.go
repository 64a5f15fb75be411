// Package classify measures classifiers on the host: accuracy, balanced
// accuracy, F1, the area under the ROC curve, and the confusion matrix.
//
// Unlike those of package metrics, which match clusters to labels, these
// figures take a predicted class by its number. A label of −1 is not known and
// left out of every figure. A value that is not defined (0/0) is NaN with a nil
// error; an error means that the arguments do not fit together.
//
// Values are those of scikit-learn, to which the tests hold them.
package classify
