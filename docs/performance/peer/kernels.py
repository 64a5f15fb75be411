"""The operations that an epoch is made of, one by one, each by torch's fastest way.

    python3 kernels.py spmm/64/float32

measures one; without a name it lists them all.
"""

import argparse
import sys

import numpy as np

from common import best, options, report

NODES, EDGES = 169343, 2332486  # of the large graph: entries of its adjacency


def random_matrix(rows, cols, entries, skew):
    """Rows and columns of a random sparse matrix; with skew, long rows come first."""
    rng = np.random.default_rng(1)
    row = rng.random(entries)
    row = ((row * row if skew else row) * rows).astype(np.int64)
    return row, rng.integers(0, cols, entries)


def csr(rows, cols, entries, skew, dtype, transposed=False):
    import torch

    from csr import CSR

    row, col = random_matrix(rows, cols, entries, skew)
    if transposed:
        row, col, rows, cols = col, row, cols, rows
    return CSR(torch.from_numpy(row), torch.from_numpy(col), torch.rand(entries, dtype=dtype), rows, cols)


def products(m, x):
    import torch

    ways = {name: (lambda mul=mul: mul(x)) for name, mul in m.ways().items()}
    out = torch.empty(m.shape[0], x.shape[1], dtype=x.dtype)
    ways["torch.mm out="] = lambda: torch.mm(m.matrix, x, out=out)
    return ways


def spmm(columns, dtype):
    import torch

    dtype = getattr(torch, dtype)
    return products(csr(NODES, NODES, EDGES, True, dtype), torch.randn(NODES, int(columns), dtype=dtype))


def features(kind):
    import torch

    rows, cols, entries = 19717, 500, 988031
    if kind == "xw":
        return products(csr(rows, cols, entries, False, torch.float32), torch.randn(cols, 64))
    ways = products(csr(rows, cols, entries, False, torch.float32, True), torch.randn(rows, 64))
    return {name + ", transposed before": way for name, way in ways.items()}


def dense(rows, inner, cols, kind):
    import torch

    x, w = torch.randn(int(rows), int(inner)), torch.randn(int(inner), int(cols))
    y = x @ w
    if kind == "xw":
        return {"x @ w": lambda: x @ w, "torch.mm out=": lambda: torch.mm(x, w, out=y)}
    out = torch.empty_like(w)
    return {"x.t() @ g": lambda: x.t() @ y, "torch.mm out=": lambda: torch.mm(x.t(), y, out=out)}


def segment(reduction, order, kind):
    import torch

    rows, segments, cols = 1_000_000, 100_000, 64
    ids = np.random.default_rng(0).integers(0, segments, rows)
    if order == "sorted":
        ids.sort()
    ids = torch.from_numpy(ids)
    x, g = torch.randn(rows, cols), torch.randn(segments, cols)
    ways = reductions(reduction, order == "sorted", ids, segments, cols)
    if kind == "forward":
        return {name: (lambda f=f: f(x)) for name, f in ways.items()}
    x.requires_grad_()

    def both(f):
        x.grad = None
        f(x).backward(g)

    return {name: (lambda f=f: both(f)) for name, f in ways.items()}


def reductions(reduction, is_sorted, ids, segments, cols):
    """Every way to reduce rows by their ids, by name."""
    import torch

    spread = ids[:, None].expand(len(ids), cols)
    count = torch.bincount(ids, minlength=segments)
    over = count.clamp(min=1)[:, None].float()
    ptr = torch.cat([torch.zeros(1, dtype=torch.long), count.cumsum(0)])
    mean = (lambda y: y / over) if reduction == "mean" else (lambda y: y)
    ways = {}
    if reduction == "max":
        ways["scatter_reduce amax"] = lambda x: torch.zeros(segments, cols).scatter_reduce(0, spread, x, "amax", include_self=False)
    else:
        ways["index_add"] = lambda x: mean(torch.zeros(segments, cols).index_add(0, ids, x))
        ways["scatter_add"] = lambda x: mean(torch.zeros(segments, cols).scatter_add(0, spread, x))
    if is_sorted:
        ways["torch.segment_reduce"] = lambda x: torch.segment_reduce(x, reduction, offsets=ptr, axis=0)
    try:
        import torch_scatter

        ways["torch_scatter"] = lambda x: torch_scatter.scatter(x, ids, 0, dim_size=segments, reduce=reduction)
        if is_sorted:
            ways["torch_scatter.segment_csr"] = lambda x: torch_scatter.segment_csr(x, ptr, reduce=reduction)
    except ImportError:
        pass
    try:
        from torch_geometric.utils import scatter

        ways["torch_geometric"] = lambda x: scatter(x, ids, 0, segments, reduction)
    except ImportError:
        pass
    return ways


def topk(graphs, nodes):
    import torch

    graphs, nodes = int(graphs), int(nodes)
    score, batch = torch.randn(graphs * nodes), torch.arange(graphs).repeat_interleave(nodes)
    ways = {"torch.topk, padded": lambda: score.view(graphs, nodes).topk((nodes + 1) // 2, dim=1)}
    try:
        from torch_geometric.nn.pool.select.topk import topk as by_batch

        ways["torch_geometric"] = lambda: by_batch(score, 0.5, batch)
    except ImportError:
        pass
    return ways


def elementwise(function, rows, cols, kind):
    import torch
    import torch.nn.functional as F

    f = {"softmax": lambda x: torch.softmax(x, -1), "selu": F.selu}[function]
    x = torch.randn(int(rows), int(cols), requires_grad=kind == "gradient")
    if kind == "forward":
        return {function: lambda: f(x)}
    y, g = f(x), torch.randn(int(rows), int(cols))
    return {function: lambda: torch.autograd.grad(y, x, g, retain_graph=True)}


KINDS = {
    "spmm": spmm, "features": features, "dense": dense, "segment": segment, "topk": topk,
    "softmax": lambda *a: elementwise("softmax", *a), "selu": lambda *a: elementwise("selu", *a),
}
NAMES = (
    [f"spmm/{c}/{d}" for d in ("float32", "float64") for c in (64, 16)]
    + [f"features/{k}" for k in ("xw", "xtg")]
    + [f"dense/{s}/{k}" for s in ("13752/767/64", "169343/128/64") for k in ("xw", "xtg")]
    + [f"segment/{r}/{o}/{k}" for o in ("sorted", "unsorted") for r in ("sum", "mean", "max") for k in ("forward", "gradient")]
    + [f"topk/{s}" for s in ("128/40", "1000/1000", "100000/10")]
    + [f"{f}/{k}" for f in ("softmax/169343/16", "softmax/169343/40", "selu/169343/64") for k in ("forward", "gradient")]
)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("name", nargs="?")
    o = options(p)
    if not o.name:
        sys.exit("\n".join(NAMES))
    import torch

    kind, *arguments = o.name.split("/")
    ways = KINDS[kind](*arguments)
    if kind != "segment" and "gradient" not in o.name:
        torch.set_grad_enabled(False)
    if kind == "segment" and o.name.endswith("forward"):
        torch.set_grad_enabled(False)
    report(name=o.name, **best(ways, o.seconds))


main()
