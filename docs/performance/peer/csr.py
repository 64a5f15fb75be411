"""Products with sparse matrices in torch, by the fastest of its ways."""

import time

import torch


class CSR:
    """A constant sparse matrix and the fastest product with it."""

    def __init__(self, row, col, values, rows, cols):
        order = torch.argsort(row * cols + col)
        self.row, self.col, self.values = row[order], col[order], values[order]
        ptr = torch.zeros(rows + 1, dtype=torch.long)
        ptr[1:] = torch.bincount(row, minlength=rows).cumsum(0)
        self.shape = (rows, cols)
        self.matrix = torch.sparse_csr_tensor(ptr, self.col, self.values, self.shape)
        self.way, self.mul = "matrix @ x", lambda x: self.matrix @ x

    def ways(self):
        """Every product that is there, by name."""
        ways = {
            "matrix @ x": lambda x: self.matrix @ x,
            "torch.sparse.mm sum": lambda x: torch.sparse.mm(self.matrix, x, "sum"),
        }
        try:
            from torch_sparse import SparseTensor, matmul

            m = SparseTensor(row=self.row, col=self.col, value=self.values, sparse_sizes=self.shape, is_sorted=True)
            ways["torch_sparse"] = lambda x: matmul(m, x)
        except ImportError:
            pass
        return ways

    def choose(self, columns):
        """Takes the way that is fastest for x of so many columns."""
        x, times = torch.randn(self.shape[1], columns), {}
        for name, mul in self.ways().items():
            try:
                with torch.no_grad():
                    mul(x)
                    begin = time.perf_counter()
                    for _ in range(3):
                        mul(x)
                times[name] = time.perf_counter() - begin
            except Exception:  # a way that this version does not have
                continue
        self.way = min(times, key=times.get)
        self.mul = self.ways()[self.way]
        return self


class Product(torch.autograd.Function):
    """m·x for a constant m; the gradient is by its transpose, given as well."""

    @staticmethod
    def forward(ctx, x, m, transposed):
        ctx.transposed = transposed
        return m.mul(x.detach())

    @staticmethod
    def backward(ctx, g):
        return ctx.transposed.mul(g.contiguous()), None, None
