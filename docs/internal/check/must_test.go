package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mentions is the names that each function of some files mentions outside of
// the formulas it gives to build: "f" for a function f, ".m" for a method m.
// What is not in a function, as the value of a variable, stands under "Var".
func mentions(files []*ast.File) map[string][]string {
	in := map[string][]string{}
	for _, f := range files {
		for _, d := range f.Decls {
			by := "Var"
			if f, ok := d.(*ast.FuncDecl); ok {
				by = f.Name.Name
				if f.Recv != nil {
					by = "." + by
				}
			}
			if by != "must" && by != "ensure" {
				in[by] = append(in[by], namesIn(d)...)
			}
		}
	}
	return in
}

func namesIn(root ast.Node) (names []string) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			names = append(names, "."+n.Sel.Name)
			names = append(names, namesIn(n.X)...)
			return false
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "build" && len(n.Args) > 0 {
				for _, arg := range n.Args[:len(n.Args)-1] { // the last one is the formula
					names = append(names, namesIn(arg)...)
				}
				return false
			}
		case *ast.Ident:
			names = append(names, n.Name)
		}
		return true
	})
	return names
}

// reachMust is the exported functions, sorted, from which a call of must or
// ensure can be reached without build between the two.
func reachMust(files []*ast.File) (exported []string) {
	in := mentions(files)
	reach := []string{"must", "ensure"}
	for i := 0; i < len(reach); i++ {
		for by, names := range in {
			if slices.Contains(names, reach[i]) && !slices.Contains(reach, by) {
				reach = append(reach, by)
			}
		}
	}
	for _, name := range reach {
		if ast.IsExported(name) || ast.IsExported(name[1:]) && name[0] == '.' {
			exported = append(exported, name)
		}
	}
	slices.Sort(exported)
	return exported
}

// must and ensure panic, and a panic must not leave the package: formulas are
// reached through build only. Package layers has its own check, which knows the
// types of its methods.
func TestMustIsCalledInsideBuildOnly(t *testing.T) {
	for folder, method := range map[string]string{"losses": ".counts", "modes": ".subgraph"} {
		files := parsed(t, filepath.Join("../../..", folder))
		assert.Contains(t, mentions(files)[method], "must", "the check sees calls of must in %s", folder)
		assert.Empty(t, reachMust(files), "these of %s call must outside of build", folder)
	}
}

// parsed is the files of a package, without its tests.
func parsed(t *testing.T, folder string) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, f)
	}
	return files
}

func TestReachMust(t *testing.T) {
	for text, want := range map[string][]string{
		`package p
func must(int, error) int { panic(0) }
func Right() { build("a", func() int { return must(helper()) }) }
func helper() int { return must(0, nil) }
func (t T) method() int { return helper() }
func Named() { build("a", helper) }
func Direct() { must(0, nil) }
func ByFunction() { helper() }
func ByMethod() { var t T; t.method() }
func (t T) Method() { t.method() }
func AsArgument() { build(must("a", nil), nil) }
`: {".Method", "AsArgument", "ByFunction", "ByMethod", "Direct"},
		`package p
func must(int, error) int { panic(0) }
func ensure(error) { panic(0) }
func Right() { build(func() int { return must(helper()) }) }
func helper() int { return must(0, nil) }
func (t T) method() { ensure(nil) }
func Direct() { must(0, nil) }
func ByFunction() { helper() }
func (t T) Method() { t.method() }
`: {".Method", "ByFunction", "Direct"},
		"package p\nvar x = must(0, nil)": {"Var"},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
		require.NoError(t, err)
		assert.Equal(t, want, reachMust([]*ast.File{f}))
	}
}
