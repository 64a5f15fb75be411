package main

import (
	"bufio"
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/docs/performance/internal/runner"
)

// kernelItem is what Go benchmarks measure, and the peer's script.
type kernelItem struct {
	group, name string
	pkg         string
	benchmark   string
	script      []string
	work        work
}

// work is what a computation cannot do without: bytes moved to and from
// memory, and multiplications and additions.
type work struct{ bytes, flops float64 }

// limits is what the machine can do in a second.
type limits struct {
	Bytes float64 `json:"bytes_per_second"`
	Flops float64 `json:"flops_per_second"`
}

// limits measures what the machine can do.
func (b *bench) limits() (l limits, err error) {
	read, err := b.benchmark(kernelsPkg, "Limit/read")
	if err != nil {
		return l, err
	}
	multiply, err := b.benchmark(kernelsPkg, "Limit/multiply")
	return limits{4 * (1 << 27) / read * 1e3, 2 * (1 << 27) / multiply * 1e3}, err
}

// ms is the least time for w; 0 where it is not known.
func (l limits) ms(w work) float64 {
	if l.Bytes == 0 {
		return 0
	}
	return 1e3 * max(w.bytes/l.Bytes, w.flops/l.Flops)
}

const (
	kernelsPkg = "./ops/internal/kernels"
	opsPkg     = "./ops"
	layersPkg  = "./layers"
)

// goBench is a kernelItem as an item.
func (b *bench) goBench(k kernelItem) item {
	return item{
		group: k.group, name: k.name, work: k.work,
		ours: func() (sample, error) {
			ms, err := b.benchmark(k.pkg, k.benchmark)
			return sample{MS: ms}, err
		},
		peer: func() (sample, error) {
			r, err := b.script(k.script...)
			return sample{MS: r.MS, Note: r.Way}, err
		},
	}
}

// build builds a package once, by go build or, as its test binary, go test -c.
func (b *bench) build(pkg, verb string, flags ...string) (string, error) {
	if bin := b.built[pkg]; bin != "" {
		return bin, nil
	}
	bin := filepath.Join(b.temp, strings.NewReplacer("/", "_", ".", "").Replace(pkg))
	if _, err := runner.Output("", nil, "go", append(append([]string{verb}, flags...), "-o", bin, pkg)...); err != nil {
		return "", err
	}
	b.built[pkg] = bin
	return bin, nil
}

// repeats is how often a benchmark runs in one round; its time is the median.
const repeats = 9

// benchmark is the median time of one Go benchmark, in ms.
func (b *bench) benchmark(pkg, name string) (float64, error) {
	bin, err := b.build(pkg, "test", "-c")
	if err != nil {
		return 0, err
	}
	parts := strings.Split("Benchmark"+name, "/")
	for i, p := range parts {
		parts[i] = "^" + p + "$"
	}
	out, err := runner.Output(pkg, nil, bin, "-test.run=^$", "-test.bench="+strings.Join(parts, "/"), fmt.Sprintf("-test.cpu=%d", b.threads),
		fmt.Sprintf("-test.count=%d", repeats), fmt.Sprintf("-test.benchtime=%.0fms", 1e3*b.seconds/repeats))
	if err != nil {
		return 0, err
	}
	times := nanoseconds(out, "Benchmark"+name)
	if len(times) == 0 {
		return 0, fmt.Errorf("%s has no Benchmark%s", pkg, name)
	}
	return median(times) / 1e6, nil
}

// nanoseconds is the times that a test binary prints for a benchmark.
func nanoseconds(out []byte, name string) []float64 {
	var times []float64
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) < 4 || f[3] != "ns/op" || f[0] != name && !strings.HasPrefix(f[0], name+"-") {
			continue
		}
		if ns, err := strconv.ParseFloat(f[2], 64); err == nil {
			times = append(times, ns)
		}
	}
	return times
}

// median is the middle one, or the mean of the two in the middle.
func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	n := len(x)
	if n == 0 {
		return 0
	}
	return (x[(n-1)/2] + x[n/2]) / 2
}
