"""Epochs of training of the same model in PyG: one line of JSON.

The model is that of ../model.go: GraphConv, batch norm and relu three times,
a pooling layer behind the first two, mean and max of each level through a
linear layer each. TopK works on disjoint unions, MinCut on dense batches.
Seconds are the median of the epochs; CPU seconds, of user and system, the mean.
"""

import argparse
import json
import os
import pathlib
import random
import resource
import statistics
import time
import zipfile

p = argparse.ArgumentParser()
p.add_argument("--data", required=True, help="folder with tu/NAME.zip")
p.add_argument("--work", required=True, help="folder for what PyG makes of it")
p.add_argument("--dataset", default="PROTEINS")
p.add_argument("--model", choices=["TopK", "MinCut"], default="TopK")
p.add_argument("--batch", type=int, default=32)
p.add_argument("--threads", type=int, default=1)
p.add_argument("--epochs", type=int, default=5, help="after one that is not counted")
p.add_argument("--collated", action="store_true", help="batches made once, before the clock")
o = p.parse_args()
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(o.threads)

import torch
import torch.nn.functional as F
import torch_geometric.nn as nn
from torch_geometric.datasets import TUDataset
from torch_geometric.loader import DataLoader
from torch_geometric.utils import to_dense_adj, to_dense_batch

torch.set_num_threads(o.threads)
torch.manual_seed(0)
random.seed(0)
UNITS, DROPOUT = 64, 0.3


def graphs():
    raw = pathlib.Path(o.work, o.dataset, "raw")
    raw.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(pathlib.Path(o.data, "tu", o.dataset + ".zip")) as z:
        for name in z.namelist():
            if name.endswith(".txt"):
                (raw / pathlib.Path(name).name).write_bytes(z.read(name))
    return TUDataset(o.work, o.dataset, use_node_attr=True)


class Read(torch.nn.Module):
    """The mean and the max of a level, through a linear layer each."""

    def __init__(self):
        super().__init__()
        self.mean, self.max = torch.nn.Linear(UNITS, UNITS), torch.nn.Linear(UNITS, UNITS)


class Head(torch.nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.read = torch.nn.ModuleList(Read() for _ in range(3))
        self.norm = torch.nn.ModuleList(torch.nn.BatchNorm1d(UNITS) for _ in range(3))
        self.out = torch.nn.Linear(UNITS, classes)

    def logits(self, total):
        return self.out(F.dropout(F.relu(total), DROPOUT, self.training))


class TopK(Head):
    def __init__(self, width, classes, nodes):
        super().__init__(classes)
        self.conv = torch.nn.ModuleList(nn.GraphConv(w, UNITS) for w in (width, UNITS, UNITS))
        self.pool = torch.nn.ModuleList(nn.TopKPooling(UNITS, 0.8) for _ in range(2))

    def forward(self, b):
        x, edges, of, total = b.x, b.edge_index, b.batch, 0
        for level in range(3):
            x = F.relu(self.norm[level](self.conv[level](x, edges)))
            if level < 2:
                x, edges, _, of, _, _ = self.pool[level](x, edges, batch=of)
            r = self.read[level]
            total = total + r.mean(nn.global_mean_pool(x, of, b.num_graphs)) + r.max(nn.global_max_pool(x, of, b.num_graphs))
        return self.logits(total), 0


class MinCut(Head):
    def __init__(self, width, classes, nodes):
        super().__init__(classes)
        k = max(2, min(64, int(nodes / 4)))
        self.conv = torch.nn.ModuleList(nn.DenseGraphConv(w, UNITS) for w in (width, UNITS, UNITS))
        self.assign = torch.nn.ModuleList(torch.nn.Linear(UNITS, k) for k in (k, max(2, k // 4)))

    def normalised(self, level, x, mask):
        """Batch norm of the rows of real nodes."""
        if mask is None:
            return self.norm[level](x.flatten(0, 1)).view(x.shape)
        out = torch.zeros_like(x)
        out[mask] = self.norm[level](x[mask])
        return out

    def forward(self, b):
        x, mask = to_dense_batch(b.x, b.batch, batch_size=b.num_graphs)
        a, total, loss = to_dense_adj(b.edge_index, b.batch, batch_size=b.num_graphs), 0, 0
        for level in range(3):
            x = F.relu(self.normalised(level, self.conv[level](x, a, mask), mask))
            if level < 2:
                x, a, cut, ortho = nn.dense_mincut_pool(x, a, self.assign[level](x), mask)
                mask, loss = None, loss + cut + ortho
            r = self.read[level]
            total = total + r.mean(x.mean(1)) + r.max(x.max(1).values)
        return self.logits(total), loss


def main():
    data = graphs()
    nodes = sum(g.num_nodes for g in data) / len(data)
    model = {"TopK": TopK, "MinCut": MinCut}[o.model](data.num_node_features, data.num_classes, nodes)
    adam = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-4)
    data = [g for g in data]
    batches = DataLoader(data, o.batch, shuffle=True)
    if o.collated:
        batches = list(batches)

    seconds, used = [], 0
    for epoch in range(1 + o.epochs):
        if epoch == 1:
            used = time.process_time()
        begin = time.perf_counter()
        if o.collated:
            random.shuffle(batches)
        for b in batches:
            adam.zero_grad()
            logits, extra = model(b)
            loss = F.cross_entropy(logits, b.y) + extra
            loss.backward()
            adam.step()
        seconds.append(time.perf_counter() - begin)
    print(json.dumps({
        "seconds": statistics.median(seconds[1:]),
        "cpu": (time.process_time() - used) / o.epochs,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "loss": loss.item(),
    }))


main()
