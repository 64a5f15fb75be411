"""Writes the files of this folder with igraph, and expected.json with what
igraph says about them when it reads them again. Run it here."""
import sys

import igraph as ig

sys.path.insert(0, "..")
from expect import describe, save


def say(g, names=None):
    if names is None:
        names = g.vs["name"] if "name" in g.vs.attributes() else [str(i) for i in range(g.vcount())]
    weights = g.es["weight"] if "weight" in g.es.attributes() else [None] * g.ecount()
    edges = [(names[e.source], names[e.target], w) for e, w in zip(g.es, weights)]
    return describe(names, edges, g.is_directed())


named = ig.Graph(n=4, edges=[(0, 1), (1, 2), (2, 0), (0, 1)], directed=False)
named.vs["name"] = ["Anna", "b c", "Ä", "alone"]
named.es["weight"] = [1.5, 2, 0.25, 4]
famous = ig.Graph.Famous("Zachary")
ways = ig.Graph(n=3, edges=[(0, 1), (1, 0), (1, 2)], directed=True)

expected = {}
named.write_graphml("named.graphml")
expected["named.graphml"] = say(ig.Graph.Read_GraphML("named.graphml"))
famous.write_graphml("famous.graphml")
h = ig.Graph.Read_GraphML("famous.graphml")
expected["famous.graphml"] = say(h, h.vs["id"])
ways.write_gml("ways.gml")
expected["ways.gml"] = say(ig.Graph.Read_GML("ways.gml"))
famous.write_pajek("famous.net")
expected["famous.net"] = say(ig.Graph.Read_Pajek("famous.net"), [str(i + 1) for i in range(34)])
famous.write_dot("famous.dot")
expected["famous.dot"] = say(famous)
save(expected)
