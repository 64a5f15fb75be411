package main

// The help texts are written out, so that they read as a page of 80 columns;
// TestHelpNamesEveryFlag keeps them in step with the flags.

const rootHelp = `trainclustering: cluster the nodes of a graph

A small graph neural network is trained with a pooling loss (DMoN or MinCut)
until its soft assignments are the clusters. No labels are needed.

Usage
  trainclustering                         cluster Zachary's karate club
  trainclustering train [flags]           cluster a graph of yours
  trainclustering generate sbm [flags]    write a graph with planted clusters
  trainclustering convert IN OUT          write a graph file in another format

Examples
  trainclustering train --data cora.npz --k 16 --out cora
  trainclustering train --data friends.csv --method mincut --k 8
  trainclustering generate sbm --nodes 1000 --clusters 4 --out sbm.npz
  trainclustering train --data sbm.npz --k 4 --restarts 5

Flags
  --help, -h      this page; after a command, the page of that command
  --version, -v   print the version

Shell completion: trainclustering completion bash|zsh|fish|pwsh prints the
script; for bash: source <(trainclustering completion bash)

NO_COLOR turns colours off. Exit status: 0 done, 1 failed, 2 bad command line,
130 stopped by Ctrl-C.
`

const trainHelp = `trainclustering train: train a pooling loss on a graph and write its clusters

Usage
  trainclustering train [--data FILE] [--k N] [--out DIR] [flags]

Examples
  trainclustering train --k 4 --epochs 500
  trainclustering train --data cora.npz --out cora
  trainclustering train --data edges.tsv.gz --method mincut --k 8 --restarts 5
  trainclustering train --data cora.npz --encoder gcn-skip --anneal none

Data
  --data FILE       the graph: npz (attr_* or feature_* layout) or an edge list
                    with blanks, tabs or commas, weights if there are any, and
                    .gz if it is packed; default: the karate club
  --out DIR         write assignments.csv, history.csv, metrics.json and, for
                    graphs of up to 2,000 nodes, the picture clusters.svg

Model
  --method NAME     dmon or mincut; default dmon
  --k N             clusters to look for, at most as many as nodes; default 4
                    on the karate club and 16 elsewhere
  --hidden N,N      widths of the encoder's layers; default 64
  --encoder NAME    gcn, gcn-skip or mlp; default gcn
  --dropout P       share of inputs dropped while training; default 0
  --dtype NAME      float32 or float64; default float32

Training
  --epochs N        default 1000
  --lr R            Adam's learning rate; default 0.001
  --loss-weight NAME=V
                    weight of a loss in the total, once for each loss to change.
                    dmon has modularity=1, cluster=1 and orthogonality=0,
                    mincut has cut=1 and orthogonality=1
  --anneal NAME     linear: the weight of the cluster loss falls to 0 over the
                    second half, so that clusters need not be equally large;
                    none: it stays; default linear
  --restarts N      train N times, keep the lowest training loss; default 1
  --seed N          the same seed gives the same result; default 0
  --threads N       0 takes all cores; default 0. The result is the same
  --quiet           print errors and warnings only
`

const generateHelp = `trainclustering generate: write a generated graph

Usage
  trainclustering generate sbm [flags]    a stochastic block model

Example
  trainclustering generate sbm --nodes 1000 --clusters 4 --out sbm.npz
`

const sbmHelp = `trainclustering generate sbm: write a graph with planted clusters

A degree-corrected stochastic block model whose nodes carry Gaussian features
around the mean of their cluster, as in the paper of DMoN (arXiv:2006.16904).
The file is an npz that train --data reads, labels included.

Usage
  trainclustering generate sbm --out FILE [flags]

Examples
  trainclustering generate sbm --out sbm.npz
  trainclustering generate sbm --nodes 200000 --avg-degree 10 --out large.npz

Flags
  --out FILE                the npz to write; needed
  --nodes N                 default 1000
  --clusters N              default 4
  --avg-degree D            expected neighbours of a node; default 20
  --out-degree D            those of them in other clusters; default 2
  --feature-dim N           columns of the features, 0 for none; default 64
  --feature-separation S    spread of the cluster means, in units of the spread
                            of a cluster; default 3
  --seed N                  the same seed gives the same file; default 0
`
