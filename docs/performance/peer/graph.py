"""Writes a random graph as npz, in the layout of gnn-benchmark.

Its degrees are uneven, as those of citation graphs are, and its features are
dense. The defaults have the size of ogbn-arxiv: 169,343 nodes, 1,166,243
edges, 128 features.
"""

import argparse

import numpy as np


def edges(rng, nodes, count):
    """So many pairs of different nodes, none twice, as numbers low·nodes + high.

    A node's share of the ends falls with the square root of its rank.
    """
    share = 1 / np.sqrt(np.arange(nodes) + 10.0)
    share = np.cumsum(share / share.sum())
    found = np.empty(0, np.int64)
    while len(found) < count:
        ends = np.minimum(np.searchsorted(share, rng.random((2, 2 * count))), nodes - 1)
        low, high = ends.min(0), ends.max(0)
        pairs = (low * nodes + high)[low != high]
        found = np.unique(np.concatenate([found, pairs]))
    return rng.permutation(found)[:count]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out")
    p.add_argument("--nodes", type=int, default=169343)
    p.add_argument("--edges", type=int, default=1166243)
    p.add_argument("--features", type=int, default=128)
    p.add_argument("--seed", type=int, default=0)
    o = p.parse_args()

    rng = np.random.default_rng(o.seed)
    pairs = edges(rng, o.nodes, o.edges)
    name = rng.permutation(o.nodes)  # so that the rank is not the index
    a, b = name[pairs // o.nodes], name[pairs % o.nodes]
    row, col = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.lexsort((col, row))
    x = rng.standard_normal((o.nodes, o.features), dtype=np.float32)
    np.savez(
        o.out,
        adj_data=np.ones(len(row), np.float32),
        adj_indices=col[order].astype(np.int32),
        adj_indptr=np.concatenate([[0], np.cumsum(np.bincount(row, minlength=o.nodes))]).astype(np.int32),
        adj_shape=np.array([o.nodes, o.nodes]),
        attr_data=x.ravel(),
        attr_indices=np.tile(np.arange(o.features, dtype=np.int32), o.nodes),
        attr_indptr=np.arange(o.nodes + 1, dtype=np.int64) * o.features,
        attr_shape=np.array(x.shape),
    )


main()
