package graphfile

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// largeList writes a list of more than three blocks; name makes the ids.
func largeList(weights bool, name func(n int) string) string {
	var b strings.Builder
	r := rand.New(rand.NewPCG(3, 4))
	for b.Len() < 2*(listBlockSize+maxLine) {
		fmt.Fprintf(&b, "%s %s", name(r.IntN(30_000)), name(r.IntN(30_000)))
		if weights {
			fmt.Fprintf(&b, " %d", 1+r.IntN(3))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func readBy(workers int, text string) (*Graph, error) {
	l := &edgeList{name: "e.txt", r: bufio.NewReader(strings.NewReader(text)), workers: workers}
	if err := l.read(); err != nil {
		return nil, err
	}
	return l.graph()
}

// TestThreadsDoNotChangeTheGraph reads lists by one, two and five workers.
func TestThreadsDoNotChangeTheGraph(t *testing.T) {
	late := 0
	for name, text := range map[string]string{
		"numbers": largeList(false, func(n int) string { return fmt.Sprint(3*n + n%2) }),
		"weights": largeList(true, func(n int) string { return fmt.Sprint(n) }),
		"names":   largeList(true, func(n int) string { return fmt.Sprint("node", n) }),
		"names that come late": largeList(false, func(n int) string {
			if late++; late > 500_000 && n%100 == 0 {
				return fmt.Sprint("x", n)
			}
			return fmt.Sprint(n)
		}),
		"large numbers": largeList(false, func(n int) string { return fmt.Sprint(uint64(n) << 33) }),
	} {
		want, err := readBy(1, text)
		require.NoError(t, err, name)
		requireSorted(t, want)
		for _, workers := range []int{2, 5} {
			got, err := readBy(workers, text)
			require.NoError(t, err, name)
			assert.True(t, assert.ObjectsAreEqual(want, got), "%s by %d workers", name, workers)
		}
	}
}

// requireSorted is the quick part of requireSound.
func requireSorted(t *testing.T, g *Graph) {
	require.NoError(t, g.check())
	for i := range g.Nodes {
		row := g.Col[g.RowPtr[i]:g.RowPtr[i+1]]
		for p := 1; p < len(row); p++ {
			if row[p-1] >= row[p] { // millions of them: require is slow
				require.Less(t, row[p-1], row[p])
			}
		}
	}
}

// TestFirstErrorWins puts two faults into blocks far apart: the first one is
// told, whoever reads it.
func TestFirstErrorWins(t *testing.T) {
	text := largeList(false, func(n int) string { return fmt.Sprint(n) })
	lines := strings.Split(text, "\n")
	at := len(lines) / 2
	lines[at] += " 7 8 9"
	lines[len(lines)-10] += " 7 8 9"
	before := runtime.NumGoroutine()
	for _, workers := range []int{1, 2, 5} {
		_, err := readBy(workers, strings.Join(lines, "\n"))
		require.Error(t, err)
		assert.True(t, strings.HasPrefix(err.Error(), fmt.Sprintf("e.txt:%d: ", at+1)), err.Error())
	}
	assert.LessOrEqual(t, runtime.NumGoroutine(), before+7, "readers end")
}

// TestRankedWindows ranks numbers that lie in several windows.
func TestRankedWindows(t *testing.T) {
	const n = 600_000 // so many that they are not sorted
	b := &listBlock{}
	for i := range uint32(n) {
		b.src = append(b.src, i*7000)
		b.dst = append(b.dst, (n-1-i)*7000)
	}
	ids := ranked([]*listBlock{b}, (n-1)*7000, n, 2)
	require.Len(t, ids, n)
	for i := range uint32(n) {
		want, got := [3]uint32{i * 7000, i, n - 1 - i}, [3]uint32{ids[i], b.src[i], b.dst[i]}
		if got != want { // 600,000 of them: require is slow
			require.Equal(t, want, got)
		}
	}
}
