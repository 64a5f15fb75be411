"""Reads the files of a folder with networkx, igraph and scipy, and prints what
they say as JSON: {"library file": [nodes, [[a, b, weight], …]]}."""
import html
import json
import os
import sys

import igraph as ig
import networkx as nx
import scipy.io
import scipy.sparse as sp

os.chdir(sys.argv[1])
out = {}


def by_networkx(file, g, name=None):
    names = {n: str(d[name]) if name else str(n) for n, d in g.nodes(data=True)}
    edges = [[names[u], names[v], d.get("weight", 1)] for u, v, d in g.edges(data=True)]
    out["networkx " + file] = [list(names.values()), edges]


def by_igraph(file, g):
    name = next(a for a in ["name", "label", "id"] if a in g.vs.attributes())  # of Pajek it is either
    names = [html.unescape(str(n)) for n in g.vs[name]]  # igraph leaves &#235; in GML
    weights = g.es["weight"] if "weight" in g.es.attributes() else [1] * g.ecount()
    out["igraph " + file] = [names, [[names[e.source], names[e.target], w] for e, w in zip(g.es, weights)]]


def node_link(file):
    with open(file) as f:
        data = json.load(f)
    try:
        return nx.node_link_graph(data, edges="links")
    except TypeError:  # networkx before 3.4
        return nx.node_link_graph(data)


for stem in ["named", "plain"]:
    by_networkx(stem + ".graphml", nx.read_graphml(stem + ".graphml"), "name" if stem == "named" else None)
    by_networkx(stem + ".gexf", nx.read_gexf(stem + ".gexf"), "label" if stem == "named" else None)
    by_networkx(stem + ".gml", nx.read_gml(stem + ".gml"))
    by_networkx(stem + ".json", node_link(stem + ".json"))
    by_networkx(stem + ".net", nx.Graph(nx.read_pajek(stem + ".net")))
    by_igraph(stem + ".graphml", ig.Graph.Read_GraphML(stem + ".graphml"))
    by_igraph(stem + ".gml", ig.Graph.Read_GML(stem + ".gml"))
    by_igraph(stem + ".net", ig.Graph.Read_Pajek(stem + ".net"))
    m = sp.coo_matrix(scipy.io.mmread(stem + ".mtx"))
    edges = [[str(i), str(j), float(w)] for i, j, w in zip(m.row, m.col, m.data) if i < j]
    out["scipy " + stem + ".mtx"] = [[str(i) for i in range(m.shape[0])], edges]
json.dump(out, sys.stdout)
