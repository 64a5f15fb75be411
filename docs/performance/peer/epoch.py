"""One epoch of clustering a graph by DMoN or MinCut, as fast as torch does it.

The model: H = selu(Â·X·W + b), S = softmax(H·V + c), with A sparse
throughout, and X as it is or sparse. An epoch is the losses, all gradients,
and Adam; nothing is left out in any. With --keep, Â·X is computed once, before
the first epoch, and is sparse if X is.
"""

import argparse

import numpy as np

from common import measure, options, report


def load(path):
    """Adjacency, made symmetric, without weights and self loops, and features."""
    import scipy.sparse as sp

    f = np.load(path)

    def matrix(name):
        parts = [f[f"{name}_{part}"] for part in ("data", "indices", "indptr")]
        return sp.csr_matrix(tuple(parts), tuple(f[f"{name}_shape"]))

    a = matrix("adj")
    a = ((a + a.T) > 0).astype(np.float32)
    a.setdiag(0)
    a.eliminate_zeros()
    return a.tocoo(), matrix("attr").astype(np.float32)


def normalized(a):
    """Â = D^-½ (A + I) D^-½."""
    import scipy.sparse as sp

    a = (a + sp.eye(a.shape[0], dtype=np.float32)).tocsr()
    root = sp.diags(1 / np.sqrt(np.asarray(a.sum(1)).ravel()))
    return (root @ a @ root).astype(np.float32)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("graph")
    p.add_argument("--method", choices=["dmon", "mincut"], default="dmon")
    p.add_argument("--k", type=int, default=16)
    p.add_argument("--hidden", type=int, default=64)
    p.add_argument("--features", choices=["dense", "sparse"], default="dense")
    p.add_argument("--keep", action="store_true")
    o = options(p)

    import torch
    import torch.nn.functional as F

    from csr import CSR, Product

    def index(a):
        return torch.from_numpy(np.asarray(a).astype(np.int64))

    a, x = load(o.graph)
    nodes, width = x.shape
    row, col = index(a.row), index(a.col)
    degree = torch.bincount(row, minlength=nodes).float()
    two_m = degree.sum()
    adjacency = CSR(row, col, torch.ones(len(row)), nodes, nodes).choose(o.k)
    loops, root = torch.arange(nodes), (degree + 1).rsqrt()
    row, col = torch.cat([row, loops]), torch.cat([col, loops])
    propagate = CSR(row, col, root[row] * root[col], nodes, nodes).choose(o.hidden)

    w = torch.nn.Parameter(torch.empty(width, o.hidden))
    torch.nn.init.xavier_uniform_(w)
    b = torch.nn.Parameter(torch.zeros(o.hidden))
    head = torch.nn.Linear(o.hidden, o.k)
    adam = torch.optim.Adam([w, b, *head.parameters()], lr=1e-3)

    if o.keep:
        x = normalized(a) @ x
    if o.features == "sparse":
        x = x.tocoo()
        r, c, v = index(x.row), index(x.col), torch.from_numpy(x.data)
        features = CSR(r, c, v, nodes, width).choose(o.hidden)
        turned = CSR(c, r, v, width, nodes).choose(o.hidden)
        project = lambda: Product.apply(w, features, turned)
    else:
        dense = torch.from_numpy(x.toarray())
        project = lambda: dense @ w
    del a, x

    balance = torch.eye(o.k) / o.k**0.5

    def losses(s, product):
        inside = (s * product).sum()
        if o.method == "dmon":
            volume = s.t() @ degree
            modularity = inside / two_m - (volume @ volume) / two_m**2
            return s.sum(0).norm() * o.k**0.5 / nodes - 1 - modularity
        gram = s.t() @ s
        cut = inside / (s.square() * degree[:, None]).sum()
        return (gram / gram.norm() - balance).norm() - cut

    loss = None

    def step():
        nonlocal loss
        adam.zero_grad()
        h = project() if o.keep else Product.apply(project(), propagate, propagate)
        h = F.selu(h + b)
        s = torch.softmax(head(h), -1)
        product = Product.apply(s, adjacency, adjacency)
        loss = losses(s, product)
        loss.backward()
        adam.step()

    result = measure(step, o.seconds)
    report(graph=o.graph, method=o.method, k=o.k, features=o.features, keeps=o.keep, products=propagate.way, loss=loss.item(), **result)


main()
