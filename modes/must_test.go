package modes_test

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

// mentions is the names that each function mentions outside of the formulas it
// gives to build: "f" for a function f, ".m" for a method m, "Var" for what
// stands in no function.
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
			if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "build" {
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
		if token.IsExported(strings.TrimPrefix(name, ".")) {
			exported = append(exported, name)
		}
	}
	slices.Sort(exported)
	return exported
}

// must panics, and a panic must not leave the package: formulas are reached
// through build only.
func TestMustIsCalledInsideBuildOnly(t *testing.T) {
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, f)
	}
	assert.Contains(t, mentions(files)[".subgraph"], "must", "the check sees calls of must")
	assert.Empty(t, reachMust(files), "these call must outside of build")
}

func TestReachMust(t *testing.T) {
	const text = `package p
func must(int, error) int { panic(0) }
func ensure(error) { panic(0) }
func Right() { build(func() int { return must(helper()) }) }
func helper() int { return must(0, nil) }
func (t T) method() { ensure(nil) }
func Direct() { must(0, nil) }
func ByFunction() { helper() }
func (t T) Method() { t.method() }
`
	f, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
	require.NoError(t, err)
	assert.Equal(t, []string{".Method", "ByFunction", "Direct"}, reachMust([]*ast.File{f}))
}
