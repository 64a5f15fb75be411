"""Writes expected.json: agreement and graph figures of random cases, as
scikit-learn and python-igraph give them.

    pip install scikit-learn igraph numpy
    python expected.py > expected.json
"""
import json, sys
import igraph, numpy as np, sklearn
from sklearn import metrics as m

rng = np.random.default_rng(7)
cases = []
for number in range(100):
    n = int(rng.integers(4, 26))
    ka, kb = int(rng.integers(1, min(n, 9) + 1)), int(rng.integers(1, min(n, 9) + 1))
    a = rng.integers(0, ka, n)
    b = a.copy() if number % 3 == 0 else rng.integers(0, kb, n)
    moved = rng.random(n) < 0.3
    b[moved] = rng.integers(0, kb, int(moved.sum()))
    p = 0.03 + 0.3 * rng.random()
    edges, weights = [], []
    for i in range(n):
        for j in range(i + 1, n):
            if rng.random() < (3 * p if a[i] == a[j] else p):
                edges.append([i, j])
                weights.append(float(np.round(0.25 + rng.random(), 3)))
    if not edges:
        continue
    g = igraph.Graph(n=n, edges=edges)
    h, c, v = m.homogeneity_completeness_v_measure(b, a)
    pieces = 0
    for k in set(a.tolist()):
        pieces += len(g.induced_subgraph([i for i in range(n) if a[i] == k]).connected_components()) > 1
    inside = sum(w for (i, j), w in zip(edges, weights) if a[i] == a[j])
    cases.append({
        "nodes": n, "edges": edges, "weights": weights, "a": a.tolist(), "b": b.tolist(),
        "nmi": m.normalized_mutual_info_score(b, a), "ami": m.adjusted_mutual_info_score(b, a),
        "ari": m.adjusted_rand_score(b, a), "homogeneity": h, "completeness": c, "v": v,
        "vi": igraph.compare_communities(a.tolist(), b.tolist(), method="vi"),
        "modularity": g.modularity(a.tolist(), weights=weights),
        "modularity_plain": g.modularity(a.tolist()),
        "coverage": inside / sum(weights), "disconnected": int(pieces),
    })
json.dump({"scikit-learn": sklearn.__version__, "igraph": igraph.__version__, "cases": cases},
          sys.stdout, separators=(",", ":"))
print()
