// Package embed makes features that cluster: a short row of numbers for each
// node, in which nodes of one community lie close to each other.
//
//	X → weighted words or standardised numbers, rows of length 1
//	  → U·s, the truncated singular value decomposition
//	  → Z = 1/(T+1) · Σ_{t=0..T} Âᵗ·(U·s), rows of length 1
//
// [Nodes] takes all steps with choices made from the graph; each step is a
// function of its own: [Words], [Standardize], [Unit], [SVD], [Hops], [Smooth].
//
// Everything is on the host, in time and memory linear in the entries of X and
// A, on several threads, with the same bits at any number of them. Nothing of
// size N×N is formed. Nodes without edges or features get finite numbers: what
// is left without a length stays a row of zeros.
//
// Smoothing is that of Zhu and Koniusz, Simple Spectral Graph Convolution, ICLR
// 2021; the decomposition is by Halko, Martinsson, Tropp, Finding Structure
// with Randomness, SIAM Review 53(2), 2011, arXiv:0909.4061.
package embed
