"""A training step of one pooling layer of PyG: forward, backward and Adam.

    python3 layers.py diffpool

The gradient of the features is computed as well, as that of a layer between
others is.
"""

import argparse

import numpy as np

from common import measure, options, report

BATCH, NODES, WIDTH, K = 32, 100, 32, 25


def batch():
    """32 graphs of 100 nodes and about 480 edges, as dense tensors."""
    import torch

    a = np.random.default_rng(0).random((BATCH, NODES, NODES)) < 0.05
    a = a | a.transpose(0, 2, 1)
    a[:, np.arange(NODES), np.arange(NODES)] = False
    x = torch.randn(BATCH, NODES, WIDTH, requires_grad=True)
    return x, torch.from_numpy(a.astype(np.float32)), torch.ones(BATCH, NODES, dtype=torch.bool)


def diffpool():
    from torch_geometric.nn import DenseGCNConv, dense_diff_pool

    x, a, mask = batch()
    assign, embed = DenseGCNConv(WIDTH, K), DenseGCNConv(WIDTH, WIDTH)

    def loss():
        y, coarse, link, entropy = dense_diff_pool(embed(x, a, mask), a, assign(x, a, mask), mask)
        return y.sum() + coarse.sum() + link + entropy

    return x, [*assign.parameters(), *embed.parameters()], loss


def mincut():
    from torch.nn import Linear
    from torch_geometric.nn import dense_mincut_pool

    x, a, mask = batch()
    assign = Linear(WIDTH, K)

    def loss():
        y, coarse, cut, orthogonality = dense_mincut_pool(x, a, assign(x), mask)
        return y.sum() + coarse.sum() + cut + orthogonality

    return x, [*assign.parameters()], loss


def dmon():
    from torch_geometric.nn import DMoNPooling

    x, a, mask = batch()
    pool = DMoNPooling(WIDTH, K)

    def loss():
        _, y, coarse, modularity, orthogonality, cluster = pool(x, a, mask)
        return y.sum() + coarse.sum() + modularity + orthogonality + cluster

    return x, [*pool.parameters()], loss


def disjoint(layer):
    """128 graphs of 30 to 50 nodes with 150 weighted edges and 64 features."""
    import torch

    rng = np.random.default_rng(0)
    sizes, first, row, col = rng.integers(30, 51, 128), 0, [], []
    for n in sizes:
        pairs = set()
        while len(pairs) < 150:
            i, j = rng.integers(0, n, 2)
            if i != j:
                pairs.add((min(i, j), max(i, j)))
        pairs = np.array(sorted(pairs)) + first
        row += [pairs[:, 0], pairs[:, 1]]
        col += [pairs[:, 1], pairs[:, 0]]
        first += n
    edges = torch.from_numpy(np.stack([np.concatenate(row), np.concatenate(col)]))
    weights, graph = torch.rand(edges.shape[1]), torch.from_numpy(np.repeat(np.arange(128), sizes))
    x = torch.randn(int(first), 64, requires_grad=True)
    pool = layer(64, ratio=0.5)
    return x, [*pool.parameters()], lambda: pool(x, edges, weights, graph)[0].square().sum()


def topk():
    from torch_geometric.nn import TopKPooling

    return disjoint(TopKPooling)


def sag():
    from torch_geometric.nn import SAGPooling

    return disjoint(SAGPooling)


def main():
    layers = {f.__name__: f for f in (diffpool, mincut, dmon, topk, sag)}
    p = argparse.ArgumentParser()
    p.add_argument("layer", choices=list(layers))
    o = options(p)
    import torch

    x, weights, loss = layers[o.layer]()
    adam = torch.optim.Adam(weights, lr=1e-3)

    def step():
        adam.zero_grad()
        x.grad = None
        loss().backward()
        adam.step()

    report(layer=o.layer, **measure(step, o.seconds))


main()
