package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Whatever a file and its nodes are called, a line of text has 80 columns at most.
func TestLinesHave80Columns(t *testing.T) {
	checkColumns(t, strings.Repeat("f", 200)+".csv", strings.Repeat("n", 300))
	checkColumns(t, strings.Repeat("図", 70)+".csv", strings.Repeat("名", 300))
}

func checkColumns(t *testing.T, file, node string) {
	t.Chdir(t.TempDir())
	var edges strings.Builder
	edges.WriteString("Id,Source,Target,Weight,Label,timeset\n")
	for i := range 8 {
		for j := range i {
			edges.WriteString("1," + node + string(rune('a'+i)) + "," + node + string(rune('a'+j)) + ",1.5,x,y\n")
		}
	}
	writeText(t, file, edges.String())
	for _, args := range []string{
		"info " + file,
		"train --restarts 3 --method mincut --epochs 30 --k 2 --out o --data " + file,
		"compare --methods dmon --seeds 1 --k 2 --epochs 3 --data " + file,
		"evaluate o/assignments.csv --data " + file,
		"predict --out p.csv --model o/model.safetensors --data " + file,
	} {
		got := runWith(t.Context(), model.NewTrainer(), strings.Fields(args)...)
		require.Zero(t, got.code, got.stderr)
		for _, line := range strings.Split(got.stdout+got.stderr, "\n") {
			if !strings.HasSuffix(line, file) { // a path stays whole
				assert.LessOrEqual(t, text.Cells(line), 80, "%s: %s", args[:8], line)
			}
		}
	}
}
