"""What a library says about a graph, by the rules of package graphfile: no
directions, no loops, parallel edges one. Used by the make.py of each folder."""
import json


def simple(nodes, edges, directed):
    """nodes: names; edges: (source, target, weight or None). Returns the edges
    with their weights: parallel ones add up, of two directions the mean."""
    ways = {}
    weighted = any(w is not None for _, _, w in edges)
    for s, t, w in edges:
        if s == t:
            continue
        key = (s, t) if directed or s <= t else (t, s)
        ways.setdefault(key, []).append(1 if w is None else w)
    out = {}
    for (s, t), w in ways.items():
        out.setdefault(tuple(sorted((s, t))), []).append(sum(w) if weighted else 1)
    return [[a, b, sum(w) / len(w)] for (a, b), w in sorted(out.items())]


def describe(nodes, edges, directed=False, classes=None, features=None):
    d = {"nodes": list(nodes), "edges": simple(nodes, edges, directed)}
    if classes is not None:
        d["classes"] = [str(c) for c in classes]
    if features is not None:
        d["features"] = features
    return d


def save(expected):
    with open("expected.json", "w") as f:
        files = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in expected.items()]
        f.write("{\n" + ",\n".join(files) + "\n}\n")
