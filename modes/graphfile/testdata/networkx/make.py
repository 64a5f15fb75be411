"""Writes the files of this folder with networkx, and expected.json with what
networkx says about them when it reads them again. Run it here."""
import json
import sys

import networkx as nx

sys.path.insert(0, "..")
from expect import describe, save


def say(h, names=None):
    names = names or str
    edges = [(names(u), names(v), d.get("weight")) for u, v, d in h.edges(data=True)]
    first = [d for _, d in h.nodes(data=True)]
    classes = [d["club"] for d in first] if all("club" in d for d in first) else None
    features = [[d["age"]] for d in first] if all("age" in d for d in first) else None
    return describe([names(n) for n in h], edges, h.is_directed(), classes, features)


karate = nx.karate_club_graph()
odd = nx.MultiDiGraph()
for i, n in enumerate(["Zoë", "a b", 'quo"te', "<&>", "last"]):
    odd.add_node(n, age=i + 0.5)
for u, v, w in [("Zoë", "a b", 2), ("Zoë", "a b", 3), ("a b", "Zoë", 1), ("<&>", 'quo"te', 0.5), ("last", "last", 9)]:
    odd.add_edge(u, v, weight=w)

expected = {}
for name, g in [("karate", karate), ("odd", odd)]:
    nx.write_gml(g, f"{name}.gml")
    expected[f"{name}.gml"] = say(nx.read_gml(f"{name}.gml"))
    nx.write_graphml(g, f"{name}.graphml")
    expected[f"{name}.graphml"] = say(nx.read_graphml(f"{name}.graphml", force_multigraph=name == "odd"))
    if name == "karate":  # networkx writes GEXF of parallel edges with ids that clash
        nx.write_gexf(g, f"{name}.gexf")
        expected[f"{name}.gexf"] = say(nx.read_gexf(f"{name}.gexf"))
    for key in ["links", "edges"]:
        with open(f"{name}_{key}.json", "w") as f:
            try:
                data = nx.node_link_data(g, edges=key)
            except TypeError:  # networkx before 3.4
                data = nx.node_link_data(g, link=key)
            json.dump(data, f)
        expected[f"{name}_{key}.json"] = say(g)
plain = nx.MultiGraph([(a, b) for a, b in nx.cycle_graph(["x", "y y", "z"]).edges] + [("x", "y y")])
nx.write_pajek(plain, "plain.net")
expected["plain.net"] = say(nx.read_pajek("plain.net"))
save(expected)
