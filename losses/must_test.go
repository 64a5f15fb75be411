package losses_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
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
			if by != "must" {
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
			if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "build" && len(n.Args) == 2 {
				names = append(names, namesIn(n.Args[0])...)
				return false
			}
		case *ast.Ident:
			names = append(names, n.Name)
		}
		return true
	})
	return names
}

// reachMust is the exported functions, sorted, from which a call of must can be
// reached without build between the two.
func reachMust(files []*ast.File) (exported []string) {
	in := mentions(files)
	reach := []string{"must"}
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

// must panics, and a panic must not leave the package: formulas are reached
// through build only.
func TestMustIsCalledInsideBuildOnly(t *testing.T) {
	src := readSource(t)
	assert.Contains(t, mentions(src.files)[".counts"], "must", "the check sees calls of must")
	assert.Empty(t, reachMust(src.files), "these call must outside of build")
}

func TestReachMust(t *testing.T) {
	const text = `package p
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
`
	f, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
	require.NoError(t, err)
	assert.Equal(t, []string{".Method", "AsArgument", "ByFunction", "ByMethod", "Direct"}, reachMust([]*ast.File{f}))

	f, err = parser.ParseFile(token.NewFileSet(), "p.go", "package p\nvar x = must(0, nil)", parser.SkipObjectResolution)
	require.NoError(t, err)
	assert.Equal(t, []string{"Var"}, reachMust([]*ast.File{f}))
}
