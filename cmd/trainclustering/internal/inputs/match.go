package inputs

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// matched is how the names of a graph stand to those of a model.
type matched struct {
	to      []int32  // of each of the graph its place in the model's; −1: none
	known   int      // that both have
	unknown []string // of the graph alone
	missing []string // of the model alone
}

// match matches names. A name that comes several times is matched in its order.
func match(graph, model func(int) string, n, m int) matched {
	at := make(map[string][]int32, m)
	for j := range m {
		s := model(j)
		at[s] = append(at[s], int32(j))
	}
	r := matched{to: make([]int32, n)}
	has := make([]bool, m)
	for i := range n {
		s := graph(i)
		places := at[s]
		if len(places) == 0 {
			r.to[i] = -1
			r.unknown = append(r.unknown, s)
			continue
		}
		r.to[i], at[s] = places[0], places[1:]
		has[places[0]] = true
		r.known++
	}
	for j, is := range has {
		if !is {
			r.missing = append(r.missing, model(j))
		}
	}
	return r
}

// same tells whether both have the same names in the same order.
func (r matched) same() bool {
	for i, j := range r.to {
		if int(j) != i {
			return false
		}
	}
	return len(r.missing) == 0
}

// name gives the names of a list as JSON holds them, or numbers where there is
// none.
func name(names []string) func(int) string {
	if names == nil {
		return strconv.Itoa
	}
	return func(i int) string { return strings.ToValidUTF8(names[i], "\ufffd") }
}

// some lists the first few names.
func some(names []string) string {
	var out []string
	for _, s := range names[:min(3, len(names))] {
		out = append(out, text.Quote(s))
	}
	if len(names) > 3 {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// count is so many of a noun.
func count(n int, noun string) string { return text.Plural(n, noun) }

func say(format string, args ...any) []string { return []string{fmt.Sprintf(format, args...)} }
