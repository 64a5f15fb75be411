package options

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// maxLevels is the most levels that may be asked for by their number.
const maxLevels = 32

// readLevels reads --levels: a number of levels, or the clusters of each.
func (o *Train) readLevels(r *flags.Reader, name string) {
	want := fmt.Sprintf("the number of levels, 2 to %d, or the clusters of each, falling, as in 16,6,2", maxLevels)
	if n, err := strconv.Atoi(strings.TrimSpace(r.Get(name))); err == nil {
		if n < 2 || n > maxLevels {
			r.Wrong(name, want, "")
		}
		o.LevelCount = n
		return
	}
	var all []int
	for part := range strings.SplitSeq(r.Get(name), ",") {
		k, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || k < 1 || k > math.MaxInt32 || len(all) > 0 && k >= all[len(all)-1] {
			r.Wrong(name, want, "")
			return
		}
		all = append(all, k)
	}
	o.Levels = all
}

// checkLevels sets k to the clusters of the finest level where none was asked,
// and refuses another k.
func (o *Train) checkLevels() error {
	switch asked := text.JoinInts(o.Levels); {
	case o.Levels == nil:
		return nil
	case o.KAuto:
		return failure.Usagef("--levels = %s beside --k auto, want the number of levels", asked).WithHint("as in --levels %d", len(o.Levels))
	case o.K > 0 && o.K != o.Levels[0]:
		return failure.Usagef("--levels = %s, want --k first, which is %d", asked, o.K)
	}
	o.K = o.Levels[0]
	return nil
}

// SettleLevels makes the clusters of each level of their number, once k is
// known: each is as much smaller than the one before, k^((n−i)/n) of n levels.
// Those that would not be fewer than the one before, or only one, are left out.
func (o *Train) SettleLevels() {
	if o.LevelCount == 0 {
		return
	}
	o.Levels = []int{o.K}
	for i := 1; i < o.LevelCount; i++ {
		k := int(math.Round(math.Pow(float64(o.K), 1-float64(i)/float64(o.LevelCount))))
		if k >= 2 && k < o.Levels[len(o.Levels)-1] {
			o.Levels = append(o.Levels, k)
		}
	}
}
