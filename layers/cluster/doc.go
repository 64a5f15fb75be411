// Package cluster clusters the nodes of one graph by a recipe that needs no
// setting:
//
//	features  Z, rows of length 1, of X smoothed over A        (modes/embed)
//	start     k-means of Z; the model learns its clusters      (modes/kmeans)
//	training  the loss of a pooling layer on A                 (losses)
//	refining  nodes, or groups of nodes, move by modularity    (losses/refine)
//
// [Run] takes all steps. [New], [Task.Start], [Task.Train] and [Task.Refine]
// take them one at a time. No step sees a label. The same graph, options and
// seed give the same bits at any number of threads.
package cluster
