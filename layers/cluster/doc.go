// Package cluster clusters the nodes of one graph with a recipe that needs no
// settings:
//
//	features  Z, rows of length 1, from X smoothed over A      (modes/embed)
//	start     k-means of Z; the model learns these clusters    (modes/kmeans)
//	training  the loss of a pooling layer on A                 (losses)
//	refining  nodes, or groups of nodes, move by modularity    (losses/refine)
//
// [Run] does all steps. [New], [Task.Start], [Task.Train] and [Task.Refine] do
// them one by one. No step uses labels. The same graph, options and seed give
// the same bits with any number of threads.
package cluster
