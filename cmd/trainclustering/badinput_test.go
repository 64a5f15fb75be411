package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// badInput is a command line that has to fail before any training.
type badInput struct {
	name string
	args string // blanks part the arguments; ␣ is a blank inside one, ∅ an empty one
	code int
	want string // the whole first line, without the program's name
	hint string // the whole second line, without "hint: "; "" for none
}

func badFlags() []badInput {
	return []badInput{
		{"k negative", "train --k -1", 2, "--k = -1, want a whole number, 1 or more, or auto", ""},
		{"range above the nodes", "train --k-range 50-60", 2, "--k-range = 50-60, want it to begin at 34 or below, the number of nodes", ""},
		{"k of bnpool", "train --method bnpool --k 1", 2, "--k asks for 1 cluster, want 2 or more with the method bnpool", ""},
		{"range of bnpool", "train --method bnpool --k-range 1-3", 2, "--k-range asks for 1 cluster, want 2 or more with the method bnpool", ""},
		{"levels of bnpool", "train --method bnpool --levels 4,1", 2, "--levels asks for 1 cluster, want 2 or more with the method bnpool", ""},
		{"k zero", "train --k 0", 2, "--k = 0, want a whole number, 1 or more, or auto", ""},
		{"k junk", "train --k four", 2, "--k = four, want a whole number, 1 or more, or auto", ""},
		{"k empty", "train --k=", 2, `--k = "", want a whole number, 1 or more, or auto`, ""},
		{"k beyond int", "train --k 99999999999999999999", 2, "--k = 99999999999999999999, want a whole number from 1 to 2147483647, or auto", ""},
		{"k above the nodes", "train --k 35", 2, "--k = 35, want 1 to 34, the number of nodes, or auto", ""},
		{"default k above the nodes", "train --data small.txt", 2, "--k is needed: its default 16 is more than the graph's 3 nodes", "try --k 2, or --k auto"},
		{"method", "train --method dnom", 2, "--method = dnom, want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq or bnpool", "did you mean dmon?"},
		{"method far off", "train --method louvain", 2, "--method = louvain, want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq or bnpool", ""},
		{"method in capitals", "train --method DMoN", 2, "--method = DMoN, want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq or bnpool", "did you mean dmon?"},
		{"dtype", "train --dtype float16", 2, "--dtype = float16, want float32 or float64", ""},
		{"encoder", "train --encoder gat", 2, "--encoder = gat, want mlp, gcn, gcn-skip, sgc or sage", ""},
		{"anneal", "train --anneal lin␣ear", 2, `--anneal = "lin ear", want linear or none`, "did you mean linear?"},
		{"epochs negative", "train --epochs -1", 2, "--epochs = -1, want a whole number, 1 or more", ""},
		{"epochs zero", "train --epochs 0", 2, "--epochs = 0, want a whole number, 1 or more", ""},
		{"epochs fraction", "train --epochs 1.5", 2, "--epochs = 1.5, want a whole number, 1 or more", ""},
		{"k in capitals", "train --k Auto", 2, "--k = Auto, want a whole number, 1 or more, or auto", "did you mean auto?"},
		{"k of compare", "compare --data small.txt --k auto", 2, "--k = auto, want a whole number, 1 or more", ""},
		{"optimizer", "train --optimizer adamw2", 2, "--optimizer = adamw2, want adam, adamw or sgd", "did you mean adamw?"},
		{"schedule", "train --schedule linear", 2, "--schedule = linear, want constant, cosine, plateau or warmup-cosine", ""},
		{"weight decay", "train --weight-decay -1 --optimizer sgd", 2, "--weight-decay = -1, want a number, 0 or more", ""},
		{"weight decay of adam", "train --weight-decay 0.1", 2, "--weight-decay = 0.1, want --optimizer adamw or sgd beside it: adam has none", ""},
		{"min size", "train --min-size -1", 2, "--min-size = -1, want a whole number, 0 or more", ""},
		{"levels rise", "train --levels 4,4", 2, "--levels = 4,4, want the number of levels, 2 to 32, or the clusters of each, falling, as in 16,6,2", ""},
		{"levels junk", "train --levels four", 2, "--levels = four, want the number of levels, 2 to 32, or the clusters of each, falling, as in 16,6,2", ""},
		{"one level", "train --levels 1", 2, "--levels = 1, want the number of levels, 2 to 32, or the clusters of each, falling, as in 16,6,2", ""},
		{"levels of another k", "train --k 8 --levels 4,2", 2, "--levels = 4,2, want --k first, which is 8", ""},
		{"levels beside auto", "train --k auto --levels 4,2", 2, "--levels = 4,2 beside --k auto, want the number of levels", "as in --levels 2"},
		{"levels above the nodes", "train --levels 40,2", 2, "--k = 40, want 1 to 34, the number of nodes, or auto", ""},
		{"align empty", "train --align=", 2, `--align = "", want a path`, ""},
		{"align nowhere", "train --align nowhere.csv", 1, "--align: nowhere.csv: no such file or directory", ""},
		{"lr nan", "train --lr nan", 2, "--lr = nan, want a number above 0", ""},
		{"lr inf", "train --lr inf", 2, "--lr = inf, want a number above 0", ""},
		{"lr zero", "train --lr 0", 2, "--lr = 0, want a number above 0", ""},
		{"lr negative", "train --lr -0.1", 2, "--lr = -0.1, want a number above 0", ""},
		{"lr overflow", "train --lr 1e999", 2, "--lr = 1e999, want a number above 0", ""},
		{"hidden zero", "train --hidden 0", 2, "--hidden = 0, want whole numbers from 1 to 65536 with commas between them, as in 64 or 128,64", ""},
		{"hidden junk", "train --hidden 64,x", 2, "--hidden = 64,x, want whole numbers from 1 to 65536 with commas between them, as in 64 or 128,64", ""},
		{"hidden trailing comma", "train --hidden 64,", 2, "--hidden = 64,, want whole numbers from 1 to 65536 with commas between them, as in 64 or 128,64", ""},
		{"hidden empty", "train --hidden=", 2, `--hidden = "", want whole numbers from 1 to 65536 with commas between them, as in 64 or 128,64`, ""},
		{"dropout above", "train --dropout 1.5", 2, "--dropout = 1.5, want 0 to 1 (1 excluded)", ""},
		{"dropout one", "train --dropout 1", 2, "--dropout = 1, want 0 to 1 (1 excluded)", ""},
		{"dropout negative", "train --dropout -0.1", 2, "--dropout = -0.1, want 0 to 1 (1 excluded)", ""},
		{"dropout nan", "train --dropout NaN", 2, "--dropout = NaN, want 0 to 1 (1 excluded)", ""},
		{"threads negative", "train --threads -1", 2, "--threads = -1, want a whole number from 0 to 1024", ""},
		{"restarts zero", "train --restarts 0", 2, "--restarts = 0, want a whole number, 1 or more", ""},
		{"seed negative", "train --seed -1", 2, "--seed = -1, want a whole number, 0 or more (64 bits)", ""},
		{"quiet with a value", "train --quiet=perhaps", 2, "--quiet = perhaps, want no value at all, or true or false", ""},
		{"loss weight of another method", "train --loss-weight cut=1", 2, "--loss-weight = cut=1, but dmon has the losses modularity, cluster, orthogonality", ""},
		{"loss weight misspelt", "train --loss-weight clutser=1", 2, "--loss-weight = clutser=1, but dmon has the losses modularity, cluster, orthogonality", "did you mean cluster?"},
		{"loss weight without value", "train --loss-weight cluster", 2, "--loss-weight = cluster, want NAME=V, as in modularity=0.5", ""},
		{"loss weight nan", "train --loss-weight cluster=nan", 2, "--loss-weight = cluster=nan, want a number, 0 or more, after cluster=", ""},
		{"loss weight negative", "train --loss-weight cluster=-1", 2, "--loss-weight = cluster=-1, want a number, 0 or more, after cluster=", ""},
		{"no loss left", "train --loss-weight cluster=0,modularity=0", 2, "--loss-weight leaves every loss of dmon at 0, want one above 0", ""},
		{"first fault only", "train --epochs 0 --lr nan", 2, "--epochs = 0, want a whole number, 1 or more", ""},
		{"unknown flag", "train --epoch 3", 2, "unknown flag --epoch", "did you mean --epochs?"},
		{"unknown flag far off", "train --frobnicate", 2, "unknown flag --frobnicate", "trainclustering train --help lists the flags"},
		{"unknown short flag", "train -x", 2, "unknown flag -x", "trainclustering train --help lists the flags"},
		{"flag of a command", "--epochs 3", 2, "unknown flag --epochs", "it belongs after train: trainclustering train --epochs"},
		{"flag without value", "train --epochs", 2, "--epochs needs a value", ""},
		{"unknown command", "trian", 2, "unknown command trian", "did you mean train?"},
		{"unknown command far off", "cora.npz", 2, "unknown command cora.npz", "trainclustering --help lists the commands"},
		{"unknown help topic", "help me", 2, "unknown command me", "trainclustering --help lists the commands"},
		{"leftover argument", "train small.txt", 2, "unexpected argument small.txt", "files are named by a flag, as in --data small.txt"},
		{"control characters", "train --method \x1b[31mred", 2, "--method = ?[31mred, want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq or bnpool", ""},
		{"long", "train --method " + strings.Repeat("x", 100_000), 2, "--method = " + strings.Repeat("x", 200) + "…, want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq or bnpool", ""},
		{"generate alone", "generate", 2, "generate needs the kind of graph, sbm, lfr or ring", "try trainclustering generate sbm --out graph.npz"},
		{"shard without data", "shard --out x", 2, "--data is needed", "as in --data large.npz --out large"},
		{"shard without out", "shard --data small.txt", 2, "--out is needed", "as in --data large.npz --out large"},
		{"order", "shard --data small.txt --out x --order random", 2, "--order = random, want none or locality", ""},
		{"hops of a store", "shard --data small.txt --out x --hops 65", 2, "--hops = 65, want a whole number from 0 to 64", ""},
		{"file of shard", "shard small.txt", 2, "unexpected argument small.txt", "files are named by a flag, as in --data small.txt"},
		{"flags of a store", "generate sbm --out x.npz --hops 2", 2, "--hops is for a store, and --out = x.npz is a file", "--format shard, or a name that ends with /, makes a store"},
		{"features of shard", "shard --data small.txt --out x --features-from neighbours", 2, "--features-from = neighbours, want degree, onehot, spectral or random: neighbours are only for training in memory", ""},
		{"format of generate", "generate sbm --out x --format csv", 2, "--format = csv, want npz or shard", ""},
		{"generate unknown", "generate smb", 2, "generate smb, want sbm, lfr or ring", "did you mean sbm?"},
	}
}

func badFiles() []badInput {
	return []badInput{
		{"missing file", "train --data none.npz", 1, "none.npz: no such file or directory", "--data names the graph's file; without it the karate club is used"},
		{"empty path", "train --data=", 2, `--data = "", want a path`, ""},
		{"empty file", "train --data empty.txt", 1, "empty.txt: empty file", ""},
		{"truncated npz", "train --data cut.npz", 1, "cut.npz: ", ""},
		{"bad line", "train --data badline.txt", 1, "badline.txt:2: ", ""},
		{"NaN weight", "train --data nanweight.txt", 1, "nanweight.txt:2: ", ""},
		{"negative weight", "train --data negative.txt", 1, "negative.txt:1: ", ""},
		{"shard without a file", "shard --data none.npz --out x", 1, "none.npz: no such file or directory", ""},
		{"shard without a folder", "shard --data small.txt --out none/x", 1, "--out = none/x: the folder none: no such file or directory", ""},
		{"shard into a folder with files", "shard --data none.npz --out taken", 1, "--out = taken: the folder is there and not empty, want a new one", ""},
		{"shard into a file", "shard --data none.npz --out small.txt", 1, "--out = small.txt: not a directory, want a new folder", ""},
		{"store below a file", "generate sbm --out small.txt/x --format shard", 1, "--out = small.txt/x: not a directory, want a new folder", ""},
		{"NaN feature", "train --data nanfeature.npz --k 2", 1, "nanfeature.npz: ", ""},
		{"folder as data", "train --data folder", 1, "folder: ", ""},
		{"out is a file", "train --out small.txt", 1, "--out = small.txt is a file, want a directory", ""},
		{"out below a file", "train --out small.txt/out", 1, "--out = small.txt/out: not a directory", ""},
		{"out empty", "train --out=", 2, `--out = "", want a path`, ""},
		{"output is a folder", "train --out taken", 1, "--out = taken, but its metrics.json is a directory", ""},
	}
}

// makeBadFiles fills the current folder with what the cases name.
func makeBadFiles(t *testing.T) {
	writeText(t, "small.txt", "0 1\n1 2\n")
	writeText(t, "empty.txt", "")
	writeText(t, "badline.txt", "0 1\n1 2 3 4 5\n")
	writeText(t, "nanweight.txt", "0 1 1\n1 2 nan\n")
	writeText(t, "negative.txt", "0 1 -2\n")
	require.NoError(t, os.MkdirAll("taken/metrics.json", 0o755))
	require.NoError(t, os.Mkdir("folder", 0o755))
	g, err := karate.Graph()
	require.NoError(t, err)
	require.NoError(t, graphfile.WriteNPZ("cut.npz", g))
	whole, err := os.ReadFile("cut.npz")
	require.NoError(t, err)
	writeText(t, "cut.npz", string(whole[:len(whole)/2]))
	writeNaNFeatures(t, "nanfeature.npz")
}

func TestBadInputIsOneLine(t *testing.T) {
	t.Chdir(t.TempDir())
	makeBadFiles(t)
	before := filesUnder(t, ".")
	train := func(context.Context, model.Job) (*model.Fit, error) {
		t.Error("the training began")
		return nil, context.Canceled
	}
	for _, c := range append(badFlags(), badFiles()...) {
		t.Run(c.name, func(t *testing.T) {
			args := strings.Fields(c.args)
			for i, a := range args {
				args[i] = strings.ReplaceAll(a, "␣", " ")
			}
			got := runWith(t.Context(), train, args...)
			assert.Equal(t, c.code, got.code)
			assert.Empty(t, got.stdout)
			checkLines(t, c, got.stderr)
			assert.Equal(t, before, filesUnder(t, "."), "files left behind or lost")
		})
	}
}

// checkLines compares the message; a wanted line that ends in ": " is a
// beginning, whose end is another package's.
func checkLines(t *testing.T, c badInput, stderr string) {
	t.Helper()
	line, hint, _ := strings.Cut(strings.TrimSuffix(stderr, "\n"), "\n")
	want := "trainclustering: " + c.want
	if strings.HasSuffix(want, ": ") {
		assert.Greater(t, len(line), len(want), line)
		line = line[:min(len(line), len(want))]
	}
	assert.Equal(t, want, line)
	if c.hint != "" {
		c.hint = "hint: " + c.hint
	}
	assert.Equal(t, c.hint, hint)
}

func TestUnwritableOut(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o555))
	if f, err := os.Create(dir + "/x"); err == nil {
		f.Close()
		t.Skip("this user may write anywhere")
	}
	got := runWith(t.Context(), evenTrainer, "train", "--out", dir)
	assert.Equal(t, 1, got.code)
	assert.Equal(t, "trainclustering: --out: cannot write to the directory "+dir+": permission denied\n", got.stderr)
}
