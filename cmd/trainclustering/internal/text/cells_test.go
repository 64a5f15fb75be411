package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCells(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, "名前": 4, "😀": 2, "ｆ": 2, "한글": 4, "█▌…×": 4, "a\u200db": 2,
	} {
		assert.Equal(t, want, Cells(s), s)
	}
}

func TestCutsCountCells(t *testing.T) {
	assert.Equal(t, "名前", CutCells("名前", 4))
	assert.Equal(t, "名…", CutCells("名前", 3))
	assert.Equal(t, "e\u0301e\u0301…", CutCells("e\u0301e\u0301e", 2))
	assert.Equal(t, "グラ….csv", CutMiddle("グラフの名前.csv", 10))
	assert.Equal(t, "グラフ.csv", CutMiddle("グラフ.csv", 10))
	assert.Equal(t, "…前", CutBegin("名前", 3))
	assert.Equal(t, "名前", CutBegin("名前", 4))
	assert.Equal(t, []string{"名前 a", "名前"}, Wrap("名前 a 名前", 8))
	assert.Equal(t, "名前  ", PadRight("名前", 6))
}
