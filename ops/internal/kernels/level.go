package kernels

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// levelVariable is the environment variable that lowers the instruction set,
// for tests and benchmarks.
const levelVariable = "GRAPHPOOL_CPU"

// levelNames is what the variable may hold.
var levelNames = []string{plain: "purego", avx2: "avx2", avx512: "avx512"}

// lowered is the instruction set to use where best is the best there is. What
// the environment asks for in vain is told, on standard error.
func lowered(best isa) isa {
	l, err := chooseLevel(os.Getenv(levelVariable), best)
	if err != nil {
		fmt.Fprintln(os.Stderr, "graphpool:", err)
	}
	return l
}

// chooseLevel is the instruction set that want names, best for none. It errs,
// and returns best, where want is no name or more than best.
func chooseLevel(want string, best isa) (isa, error) {
	if want == "" {
		return best, nil
	}
	l := slices.Index(levelNames, want)
	if l < 0 || isa(l) > best {
		return best, fmt.Errorf("%s = %q, want one of %s here; using %s",
			levelVariable, want, strings.Join(levelNames[:best+1], ", "), levelNames[best])
	}
	return isa(l), nil
}
