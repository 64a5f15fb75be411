package endtoend

// base is a training that the rows change one thing of; its result is in the
// folder base.
const base = "train --quiet --data g.npz --k 4 --epochs 4 --patience 0 "

// preparation makes what the rows read.
func preparation() []row {
	return []row{
		{args: "generate sbm --nodes 60 --clusters 4 --avg-degree 8 --feature-dim 4 --out g.npz", sees: []sight{out("60 nodes", "4 clusters", "4 features")}},
		{args: base + "--out base", sees: []sight{
			out(), silent(), lines("base/history.csv", 9), lines("base/assignments.csv", 61),
			file("base/manifest.json", "report.html", "clusters.svg", "metrics.json", "model.safetensors", "config.yaml", "coarse.csv"),
		}},
	}
}

// handWritten are small files that the rows read.
func handWritten() map[string]string {
	return map[string]string{
		"plain.txt":  "0 1\n1 2\n2 0\n2 3\n3 4\n4 5\n5 3\n",
		"names.csv":  "weight;from;to\n1,5;ann;bob\n1,5;bob;cy\n1;cy;ann\n0,5;cy;dan\n1;dan;eve\n1;eve;fay\n1;fay;dan\n",
		"headless":   "a|b\nb|c\nc|a\n",
		"ages.csv":   "id,age\nann,31\nbob,29\ncy,30\ndan,64\neve,62\nfay,61\n",
		"clubs.csv":  "id,club\nann,chess\nbob,chess\ncy,chess\ndan,golf\neve,golf\nfay,golf\n",
		"two.csv":    "node,cluster\n0,0\n1,0\n2,0\n3,1\n4,1\n5,1\n",
		"moved.csv":  "node,cluster\n0,7\n1,7\n2,7\n3,5\n4,5\n5,5\n",
		"deep.tree":  "1:1:1 0.2 \"0\" 0\n1:1:2 0.2 \"1\" 1\n1:2:1 0.2 \"2\" 2\n2:1:1 0.2 \"3\" 3\n2:2:1 0.1 \"4\" 4\n2:2:2 0.1 \"5\" 5\n",
		"metis.dat":  "6 7\n2 3\n1 3\n1 2 4\n3 5 6\n4 6\n4 5\n",
		"given.yaml": "data: plain.txt\nk: 2\nepochs: 3\nseed: 5\n",
	}
}

// trainRows are the flags of train.
func trainRows() []row {
	return []row{
		{args: "train --quiet --data - --k 2 --epochs 3 --out - --formats tsv", stdin: "plain.txt", sees: []sight{out("node\tcluster\tconfidence\n"), lines("", 7)}},
		{args: "train --config given.yaml --out fromfile --seed 6", sees: []sight{file("fromfile/config.yaml", "k: 2", "epochs: 3", "seed: 6"), says("epoch 3/3")}},
		{args: "train --quiet --config base/config.yaml --out again", sees: []sight{same("again/assignments.csv", "base/assignments.csv"), same("again/history.csv", "base/history.csv")}},
		{args: base + "--out all --formats csv,tsv,json,clu,tree,npy,gexf,graphml,svg,png", sees: []sight{file("all/clusters.gexf", "modularity_class"), file("all/clusters.graphml", "modularity_class"), file("all/config.yaml", "formats: csv,tsv,json,clu")}},
		{args: base + "--json", sees: []sight{out(`"modularity":`, `"losses"`), silent()}},
		{args: "train --json --config all/config.yaml --out again2", sees: []sight{file("again2/clusters.gexf")}},

		{args: "train --data metis.dat --format metis --k 2 --epochs 2", sees: []sight{out("6 nodes, 7 edges")}},
		{args: "train --data names.csv --columns from,to,weight --header yes --delimiter semicolon --decimal comma --features ages.csv --labels clubs.csv --k 2 --epochs 2 --out named", sees: []sight{
			out("6 nodes, 7 weighted edges, 1 feature, 2 classes"), file("named/assignments.csv", "ann,", "fay,"),
		}},
		{args: "train --data headless --header no --delimiter pipe --k 2 --epochs 2", sees: []sight{out("3 nodes, 3 edges")}},
		{args: "train --data plain.txt --nodes 9 --k 2 --epochs 2", sees: []sight{out("9 nodes, 7 edges")}},
		{args: "train --quiet --data plain.txt --features-from spectral --feature-dim 3 --k 2 --epochs 2 --out spectral", sees: []sight{file("spectral/config.yaml", "features-from: spectral", "feature-dim: 3"), file("spectral/metrics.json", `"features": 3`)}},

		{args: base + "--preset paper --out paper", sees: []sight{file("paper/config.yaml", "preset: paper", "encoder: gcn-skip"), differ("paper/history.csv", "base/history.csv")}},
		{args: base + "--method mincut --out mincut", sees: []sight{file("mincut/history.csv", "cut,orthogonality")}},
		{args: "train --quiet --data g.npz --epochs 4 --k auto --k-range 2-5 --out auto", sees: []sight{file("auto/metrics.json", `"k_choice"`), file("auto/config.yaml", "k: 4")}},
		{args: base + "--init random --refine moves --out moves", sees: []sight{file("moves/config.yaml", "refine: moves"), differ("moves/assignments.csv", "base/assignments.csv")}},
		{args: base + "--levels 2 --out slash/", sees: []sight{file("slash/hierarchy.tree")}},
		{args: "train --data plain.txt --k 2 --epochs 2 --out slash/", sees: []sight{out("in slash/:"), gone("slash/hierarchy.tree")}},
		{args: base + "--order clusters --timing --out ordered", sees: []sight{
			file("ordered/config.yaml", "order: clusters"), file("ordered/metrics.json", `"part": "reading"`, `"part": "writing"`), lines("ordered/assignments.csv", 61),
		}},
		{args: base + "--order hilbert", code: 2, sees: []sight{says("--order = hilbert, want")}},
		{args: "train --data g.npz --k 4 --epochs 4 --timing --order rcm", sees: []sight{out("timing    reading", "training ")}},
		{args: base + "--connected split --out split", sees: []sight{file("split/config.yaml", "connected: split")}},
		{args: base + "--min-size 16 --out large", sees: []sight{file("large/metrics.json", `"dissolved"`)}},
		{args: base + "--levels 4,2 --out levels", sees: []sight{file("levels/hierarchy.tree", "1:1:1 "), file("levels/hierarchy.json", `"levels"`), file("levels/metrics.json", `"levels"`)}},
		{args: "train --data plain.txt --k 2 --align moved.csv --out aligned", sees: []sight{out("aligned"), file("aligned/assignments.csv", "0,7,", "5,5,")}},
		{args: "train --data g.npz --k 4 --epochs 4 --restarts 2 --seed 9 --out twice", sees: []sight{out("restarts agree"), says("restart 2/2"), file("twice/metrics.json", `"restarts"`)}},

		{args: base + "--features-as raw --out raw", sees: []sight{differ("raw/history.csv", "base/history.csv")}},
		{args: base + "--hops 1 --out hops", sees: []sight{differ("hops/history.csv", "base/history.csv"), file("hops/config.yaml", "hops: 1")}},
		{args: base + "--neighbours 0.5 --out near", sees: []sight{differ("near/history.csv", "base/history.csv")}},
		{args: "train --data plain.txt --init two.csv --epochs 2", sees: []sight{out("k 2,")}},

		{args: base + "--encoder gcn --hidden 8,8 --out gcn", sees: []sight{file("gcn/config.yaml", "encoder: gcn", "hidden: 8,8"), differ("gcn/history.csv", "base/history.csv")}},
		{args: "train --quiet --data g.npz --k 4 --epochs 150 --patience 1 --out early", sees: []sight{shorter("early/history.csv", 151)}},
		{args: base + "--lr 0.1 --out rate", sees: []sight{differ("rate/history.csv", "base/history.csv")}},
		{args: base + "--schedule cosine --out cosine", sees: []sight{differ("cosine/history.csv", "base/history.csv")}},
		{args: base + "--optimizer sgd --weight-decay 0 --out sgd", sees: []sight{differ("sgd/history.csv", "base/history.csv")}},
		{args: base + "--optimizer sgd --weight-decay 0.1 --out decay", sees: []sight{differ("decay/history.csv", "sgd/history.csv")}},
		{args: base + "--optimizer sgd --weight-decay 0 --clip 0.0001 --out clip", sees: []sight{differ("clip/history.csv", "sgd/history.csv")}},
		{args: base + "--dropout 0.5 --out drop", sees: []sight{differ("drop/history.csv", "base/history.csv")}},
		{args: base + "--loss-weight orthogonality=1 --loss-weight cluster=2 --out weights", sees: []sight{differ("weights/history.csv", "base/history.csv")}},
		{args: base + "--anneal none --out keep", sees: []sight{differ("keep/history.csv", "base/history.csv")}},
		{args: base + "--dtype float64 --out double", sees: []sight{differ("double/history.csv", "base/history.csv")}},

		{args: "shard --data g.npz --block 16 --hops 2 --out inblocks", sees: []sight{file("inblocks/meta.json")}},
		{args: "train --quiet --data inblocks --k 4 --epochs 4 --init random --out drawn", sees: []sight{
			says("warning: 1 of the 4 clusters stayed empty after a random start; --restarts 10 or --init kmeans may help"),
		}},
		{args: "train --quiet --data inblocks --k 4 --epochs 4 --partitions 2 --out blocky", sees: []sight{
			differ("blocky/history.csv", "drawn/history.csv"), lines("blocky/history.csv", 9), lines("blocky/assignments.csv", 61), file("blocky/metrics.json", `"encoder": "gcn"`, `"nmi": `), file("blocky/config.yaml", "data: inblocks"),
		}},
		{args: "train --quiet --config blocky/config.yaml --partitions 1 --out blocky2", sees: []sight{same("blocky/history.csv", "blocky2/history.csv"), same("blocky/assignments.csv", "blocky2/assignments.csv")}},
		{args: "train --data inblocks --k 4 --encoder gcn --hidden 8,8", code: 2, sees: []sight{says("--hidden = 8,8, want one layer", "--encoder mlp --hops 2")}},

		{args: base + "--threads 1 --out one", sees: []sight{same("one/history.csv", "base/history.csv"), file("one/metrics.json", `"threads": 1`)}},
		{args: base + "--memory-limit 1MB", code: 1, sees: []sight{says("want at most 1 MB")}},
		{args: base + "--state st --checkpoint-every 1 --out kept", sees: []sight{same("kept/history.csv", "base/history.csv"), gone("st")}},
		{args: base + "--state st --resume --out resumed", code: 1, sees: []sight{says("--state")}},
		{args: "train --data g.npz --k 4 --epochs 4 --log-format json --out logged", sees: []sight{says(`"level":"info"`, `"epoch":4`)}},
		{args: base + "--k 70", code: 2, sees: []sight{says("--k = 70")}},
		{args: "train --help", sees: []sight{out("trainclustering train: ", "--weight-decay V")}},
	}
}
