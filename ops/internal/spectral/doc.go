// Package spectral has what is made of eigenvectors and of Schur complements of
// the Laplacian of a sparse matrix. It knows of no expression graph; package ops
// makes operations of it.
package spectral
