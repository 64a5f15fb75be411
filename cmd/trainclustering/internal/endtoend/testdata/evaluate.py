"""Writes evaluate.json: random graphs with clusters and labels, and what
python-igraph and scikit-learn measure on them; and for each graph the files
.clu and .tree as Infomap's Python package writes them.

    pip install igraph scikit-learn infomap numpy
    python evaluate.py
"""

import json
import random

import igraph
import numpy
from infomap import Infomap
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score


def graph(rng, i):
    n = rng.randint(8, 40)
    if i % 2:
        return igraph.Graph.Barabasi(n, 2)
    return igraph.Graph.Erdos_Renyi(n, m=rng.randint(n, 3 * n))


def infomap(g, weights):
    im = Infomap("--silent --seed 1")
    for v in range(g.vcount()):
        im.add_node(v + 1)
    for j, (a, b) in enumerate(g.get_edgelist()):
        im.add_link(a + 1, b + 1, weights[j] if weights else 1)
    im.run()
    im.write_clu("evaluate.clu")
    im.write_tree("evaluate.tree")
    out = {}
    for kind in ("clu", "tree"):
        with open(f"evaluate.{kind}", encoding="utf-8") as f:
            # the lines that name the machine and the time say nothing here
            out[kind] = "".join(line for line in f if not line.startswith(("# started", "# completed", "# at ")))
    return out


def case(rng, i):
    g = graph(rng, i)
    n = g.vcount()
    weights = [float(numpy.float32(rng.uniform(0.1, 9))) for _ in g.es] if i % 3 == 0 else None
    clusters = [rng.randrange(4) for _ in range(n)] if i % 2 else g.community_leiden("modularity", weights=weights).membership
    labels = [rng.randrange(3) for _ in range(n)]
    files = infomap(g, weights)
    modules = [None] * n
    for line in files["clu"].splitlines():
        if not line.startswith("#"):
            node, module = line.split()[:2]
            modules[int(node) - 1] = int(module)
    return {
        "nodes": n,
        "edges": [[a, b] + ([weights[j]] if weights else []) for j, (a, b) in enumerate(g.get_edgelist())],
        "clusters": clusters,
        "labels": labels,
        "modularity": g.modularity(clusters, weights=weights),
        "nmi": normalized_mutual_info_score(labels, clusters),
        "ari": adjusted_rand_score(labels, clusters),
        "infomap": files,
        "infomap_modularity": g.modularity(modules, weights=weights) if None not in modules else None,
    }


if __name__ == "__main__":
    rng = random.Random(11)
    random.seed(11)
    igraph.set_random_number_generator(random)
    with open("evaluate.json", "w", encoding="utf-8") as f:
        json.dump([case(rng, i) for i in range(10)], f)
        f.write("\n")
