// Command gen writes the assembly of package kernels: every routine for AVX2
// and AVX-512, float32 and float64, from one description each.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

// groups lists the routines of each generated file.
var groups = []struct {
	name     string
	routines []func(*emitter)
	once     func(*build.Context) // emitted once, not for each width and type
}{
	{name: "gemm", routines: []func(*emitter){gemm}},
	{name: "cross", routines: []func(*emitter){cross}},
	{name: "rows", routines: []func(*emitter){spmm, gatherSum, sequentialSum, gatherMax, sequentialMax}},
	{name: "scatter", routines: []func(*emitter){scatter}},
	{name: "listed", routines: []func(*emitter){listed, turned}},
	{name: "vector", routines: []func(*emitter){vecScale, vecMul, vecAdd, vecSub, vecMulAdd, vecAxpy, vecMax, softGrad, dots}},
	{name: "act", routines: []func(*emitter){actReLU, actExpLinear, actTanh, actSigmoid, gradReLU, gradExpLinear, gradTanh, gradSigmoid}},
	{name: "softmax", routines: []func(*emitter){vecExp, softmax, softmaxGrad}},
	{name: "cluster", routines: []func(*emitter){clusterSums, clusterGrad}},
	{name: "segsoftmax", routines: []func(*emitter){segSoftmax, segSoftmaxGrad}},
	{name: "gather", routines: []func(*emitter){gather, rowScale, colDots}},
	{name: "maxgrad", routines: []func(*emitter){maxGrad}},
	{name: "moments", routines: []func(*emitter){colSums, vecWiden, colSquares, colProducts, standardize, standardizeGrad}},
	{name: "adam", routines: []func(*emitter){adam}},
	{name: "pause", once: pause},
	{name: "highest", once: highest},
	{name: "peak", routines: []func(*emitter){peak}},
	{name: "rank", routines: []func(*emitter){ranks}},
}

func main() {
	if err := run(filepath.Join("..")); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes all groups to a directory.
func run(dir string) error {
	var all []routine
	for _, g := range groups {
		ctx := build.NewContext()
		ctx.ConstraintExpr("amd64,!purego")
		for _, wide := range []bool{false, true} {
			for _, f64 := range []bool{false, true} {
				for _, emit := range g.routines {
					e := newEmitter(ctx, wide, f64)
					emit(e)
					if wide && f64 {
						all = append(all, routine{e.base, e.signature})
					}
				}
			}
		}
		if g.once != nil {
			g.once(ctx)
		}
		file, err := ctx.Result()
		if err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
		if err := pass.Compile.Execute(file); err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
		if err := checkISA(file); err != nil {
			return err
		}
		cfg := printer.Config{Name: "avo", Argv: []string{"go", "generate"}, Pkg: "kernels"}
		for suffix, p := range map[string]printer.Printer{
			"_amd64.s": printer.NewGoAsm(cfg), "_stubs_amd64.go": printer.NewStubs(cfg),
		} {
			text, err := p.Print(file)
			if err != nil {
				return fmt.Errorf("%s: %w", g.name, err)
			}
			if err := os.WriteFile(filepath.Join(dir, g.name+suffix), text, 0o644); err != nil {
				return err
			}
		}
	}
	for name, real := range map[string]bool{"dispatch_amd64.go": true, "dispatch_other.go": false} {
		text, err := dispatcher(all, real)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// checkISA fails where an AVX2 routine came out with AVX-512 instructions, as
// happens when it needs more than sixteen registers.
func checkISA(file *ir.File) error {
	for _, f := range file.Functions() {
		if !strings.Contains(f.Name, "AVX2") {
			continue
		}
		for _, isa := range f.ISA {
			if strings.HasPrefix(isa, "AVX512") {
				return fmt.Errorf("%s needs %s", f.Name, isa)
			}
		}
	}
	return nil
}
