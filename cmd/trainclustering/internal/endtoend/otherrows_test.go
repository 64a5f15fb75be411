package endtoend

// otherRows are the flags of all commands but train.
func otherRows() []row {
	lists := [][]row{generateRows(), evaluateRows(), predictRows(), compareRows(), fileRows(), plainRows()}
	var all []row
	for _, rows := range lists {
		all = append(all, rows...)
	}
	return all
}

func generateRows() []row {
	return []row{
		{args: "generate sbm --out sbm1.npz --nodes 40 --clusters 2 --avg-degree 8 --out-degree 1 --feature-dim 3 --feature-separation 9 --seed 3 --memory-limit 1GB", sees: []sight{out("40 nodes", "2 clusters", "3 features")}},
		{args: "generate sbm --out sbm2.npz --nodes 40 --clusters 2 --avg-degree 8 --out-degree 1 --feature-dim 3 --feature-separation 1 --seed 3", sees: []sight{differ("sbm1.npz", "sbm2.npz")}},
		{args: "generate sbm --out sbm3.npz --nodes 40 --clusters 2 --avg-degree 8 --out-degree 4 --feature-dim 3 --feature-separation 9 --seed 3", sees: []sight{differ("sbm1.npz", "sbm3.npz")}},
		{args: "generate sbm --out sbm4.npz --nodes 40 --clusters 2 --avg-degree 8 --out-degree 1 --feature-dim 3 --feature-separation 9 --seed 4", sees: []sight{differ("sbm1.npz", "sbm4.npz")}},
		{args: "generate sbm --nodes 40 --avg-degree 8", code: 2, sees: []sight{says("--out is needed")}},
		{args: "generate sbm --memory-limit 1kB --out no.npz", code: 1, sees: []sight{says("want at most 1 kB"), gone("no.npz")}},
		{args: "generate sbm --out blocks/ --nodes 40 --clusters 2 --avg-degree 8 --feature-dim 3 --hops 2 --dtype bfloat16 --block 16", sees: []sight{out("40 nodes", "2 clusters"), file("blocks/features-2.bin"), silent()}},
		{args: "generate sbm --out blocks --format shard --nodes 40 --avg-degree 8", code: 1, sees: []sight{says("the folder is there and not empty")}},
		{args: "generate sbm --out no.npz --hops 2", code: 2, sees: []sight{says("--hops is for a store"), gone("no.npz")}},
		{args: "generate sbm --help", sees: []sight{out("--feature-separation")}},
		{args: "generate sbm --nodes 0 --out no.npz --log-format json", code: 2, sees: []sight{says(`"level":"error"`, `"status":2`)}},

		{args: "generate lfr --out lfr.npz --nodes 200 --avg-degree 8 --max-degree 20 --degree-exponent 2.5 --min-size 10 --max-size 40 --size-exponent 1.5 --mixing 0.1 --seed 2 --memory-limit none", sees: []sight{out("200 nodes")}},
		{args: "generate lfr --out lfr2.npz --nodes 200 --avg-degree 8 --max-degree 20 --degree-exponent 2.5 --min-size 10 --max-size 40 --size-exponent 1.5 --mixing 0.5 --seed 2", sees: []sight{differ("lfr.npz", "lfr2.npz")}},
		{args: "generate lfr --help", sees: []sight{out("--mixing V")}},
		{args: "generate lfr --log-format json --nodes 0 --out no.npz", code: 2, sees: []sight{says(`"level":"error"`)}},

		{args: "generate ring --out ring.npz --cliques 4 --size 5 --memory-limit none", sees: []sight{out("20 nodes, 44 edges, 4 clusters")}},
		{args: "generate ring --help", sees: []sight{out("--cliques N")}},
		{args: "generate ring --log-format json --out no.npz --size 0", code: 2, sees: []sight{says(`"level":"error"`)}},
		{args: "generate --help", sees: []sight{out("generate ring")}},
		{args: "generate --log-format json tree", code: 2, sees: []sight{says(`"level":"error"`)}},
	}
}

func evaluateRows() []row {
	return []row{
		{args: "evaluate two.csv --data plain.txt", sees: []sight{out("modularity", "0.3571")}},
		{args: "evaluate two.csv --data - --json", stdin: "plain.txt", sees: []sight{out(`"modularity": 0.357142857142857`)}},
		{args: "evaluate two.csv --against moved.csv", sees: []sight{out("NMI", "1.0000")}},
		{args: "evaluate deep.tree --level 1 --data plain.txt --json", sees: []sight{out(`"clusters": 2`)}},
		{args: "evaluate deep.tree --data plain.txt --json", sees: []sight{out(`"clusters": 4`)}},
		{args: "evaluate two.csv --data metis.dat --format metis --json", sees: []sight{out(`"modularity": 0.357142857142857`)}},
		{args: "evaluate named/assignments.csv --data names.csv --columns from,to,weight --header yes --delimiter semicolon --decimal comma --labels clubs.csv --json", sees: []sight{out(`"nmi":`)}},
		{args: "evaluate two.csv --data plain.txt --nodes 9 --json", sees: []sight{out(`"nodes": 9`)}},
		{args: "evaluate missing.csv --data plain.txt --log-format json", code: 1, sees: []sight{says(`"level":"error"`, "missing.csv")}},
		{args: "evaluate --help", sees: []sight{out("--against FILE")}},
	}
}

func predictRows() []row {
	return []row{
		{args: "predict --model base/model.safetensors --data g.npz --out predicted.csv", sees: []sight{same("predicted.csv", "base/assignments.csv")}},
		{args: "predict --model base/model.safetensors --data g.npz --refine moves --memory-limit 1GB", sees: []sight{out("node,cluster,confidence\n"), lines("", 61)}},
		{args: "predict --model base/model.safetensors --data g.npz --memory-limit 1kB", code: 1, sees: []sight{says("want at most 1 kB")}},
		{args: "predict --model base/model.safetensors --data names.csv --columns from,to,weight --header yes --delimiter semicolon --decimal comma --log-format json", code: 1, sees: []sight{says(`"level":"error"`)}},
		{args: "train --quiet --data names.csv --columns from,to,weight --delimiter semicolon --decimal comma --features ages.csv --k 2 --epochs 2 --out aged", sees: []sight{file("aged/model.safetensors")}},
		{args: "predict --model aged/model.safetensors --data names.csv --columns from,to,weight --header yes --delimiter semicolon --decimal comma --features ages.csv --labels clubs.csv", sees: []sight{out("ann,", "fay,"), lines("", 7)}},
		{args: "train --quiet --data plain.txt --features-from random --feature-dim 3 --seed 1 --k 2 --epochs 2 --out drawn", sees: []sight{file("drawn/model.safetensors")}},
		{args: "predict --model drawn/model.safetensors --data metis.dat --format metis --features-from random --feature-dim 3 --seed 1 --out drawn.csv", sees: []sight{same("drawn.csv", "drawn/assignments.csv")}},
		{args: "predict --model drawn/model.safetensors --data plain.txt --features-from random --feature-dim 3 --seed 1 --nodes 6", sees: []sight{lines("", 7)}},
		{args: "predict --help", sees: []sight{out("--model FILE")}},
	}
}

func compareRows() []row {
	const few = "compare --epochs 2 --seeds 1 --methods dmon "
	return []row{
		{args: "compare --data g.npz --methods dmon,mincut --seeds 2 --seed 3 --k 4 --preset quality --epochs 2 --refine moves --memory-limit 1GB --out compared", sees: []sight{
			out("dmon", "mincut", "louvain", "random"), says("4/4  mincut, seed 4"), lines("compared/runs.csv", 13), file("compared/report.html", "<span>compare</span>"),
		}},
		{args: few + "--json --quiet --data plain.txt --nodes 8 --k 2", sees: []sight{out(`"nodes": 8`), silent()}},
		{args: few + "--memory-limit 1kB", code: 1, sees: []sight{says("want at most 1 kB")}},
		{args: few + "--k 2 --data names.csv --columns from,to,weight --header yes --delimiter semicolon --decimal comma --features ages.csv --labels clubs.csv", sees: []sight{out("NMI", "2 classes")}},
		{args: few + "--k 2 --data metis.dat --format metis --features-from spectral --feature-dim 2", sees: []sight{out("6 nodes")}},
		{args: few + "--log-format json", sees: []sight{says(`"method":"dmon"`)}},
		{args: "compare --help", sees: []sight{out("--methods A,B")}},
	}
}

func fileRows() []row {
	return []row{
		{args: "convert plain.txt plain.gml", sees: []sight{file("plain.gml", "graph [")}},
		{args: "convert metis.dat ring.out --from metis --to graphml", sees: []sight{file("ring.out", "<graphml")}},
		{args: "convert missing.gml x.gml --log-format json", code: 1, sees: []sight{says(`"level":"error"`)}},
		{args: "convert --help", sees: []sight{out("--from FORMAT")}},

		{args: "shard --data g.npz --out stored --hops 2 --dtype float32 --block 20 --order locality --memory-limit 1GB", sees: []sight{out("60 nodes", "4 features"), file("stored/order.bin"), file("stored/features-2.bin")}},
		{args: "shard --data stored --out stored2 --dtype bfloat16 --hops 0", sees: []sight{file("stored2/order.bin"), gone("stored2/features-1.bin")}},
		{args: "shard --data stored --out no --features ages.csv", code: 2, sees: []sight{says("--features is for files"), gone("no")}},
		{args: "shard --data names.csv --out storednames --columns from,to,weight --header yes --delimiter semicolon --decimal comma --features ages.csv --labels clubs.csv", sees: []sight{out("6 nodes"), file("storednames/names.bin", "ann"), file("storednames/weights.bin")}},
		{args: "shard --data plain.txt --out storedrandom --nodes 8 --features-from random --feature-dim 3 --seed 1", sees: []sight{out("8 nodes", "3 features")}},
		{args: "shard --data metis.dat --format metis --out storedmetis", sees: []sight{says("has no features"), gone("storedmetis/features-0.bin")}},
		{args: "shard --data g.npz --out no --memory-limit 1kB", code: 1, sees: []sight{says("want at most 1 kB"), gone("no")}},
		{args: "shard --data plain.txt --out storedlist", sees: []sight{out("6 nodes, 7 edges"), gone("storedlist/names.bin")}},
		{args: "shard --data - --out storedinput", stdin: "plain.txt", sees: []sight{same("storedlist/meta.json", "storedinput/meta.json")}},
		{args: "shard --data missing.npz --out no --log-format json", code: 1, sees: []sight{says(`"level":"error"`)}},
		{args: "shard --help", sees: []sight{out("--order NAME")}},

		{args: "info -", stdin: "plain.txt", sees: []sight{out("6 nodes")}},
		{args: "info metis.dat --format metis", sees: []sight{out("metis, known by --format")}},
		{args: "info names.csv --columns from,to,weight --header yes --delimiter semicolon --decimal comma --features ages.csv --labels clubs.csv", sees: []sight{out("6 nodes")}},
		{args: "info plain.txt --nodes 9", sees: []sight{out("9 nodes")}},
		{args: "info missing --log-format json", code: 1, sees: []sight{says(`"level":"error"`)}},
		{args: "info --help", sees: []sight{out("--columns S,T[,W]")}},

		{args: "datasets", sees: []sight{out("cora", "pubmed")}},
		{args: "datasets cora --cache sets --source http://127.0.0.1:1 --log-format json", code: 1, sees: []sight{says(`"level":"error"`, "127.0.0.1:1 cannot be reached")}},
		{args: "datasets --help", sees: []sight{out("--source URL")}},
	}
}

func plainRows() []row {
	return []row{
		{args: "", sees: []sight{out("DMoN on", "34 nodes")}},
		{args: "--version", sees: []sight{out("trainclustering version "), lines("", 1)}},
		{args: "--help", sees: []sight{out("Commands")}},
		{args: "--log-format json", sees: []sight{says(`"level":"info"`)}},
		{args: "version", sees: []sight{out("trainclustering", "go")}},
		{args: "version --help", sees: []sight{out("trainclustering version: ")}},
		{args: "version --log-format json more", code: 2, sees: []sight{says(`"level":"error"`)}},
		{args: "completion bash", sees: []sight{out("complete -F _trainclustering")}},
		{args: "completion --help", sees: []sight{out("SHELL is bash, zsh or fish")}},
		{args: "completion tcsh --log-format json", code: 2, sees: []sight{says(`"level":"error"`, "bash, zsh or fish")}},
	}
}
