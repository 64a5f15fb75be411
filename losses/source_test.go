package losses_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// source is the package as it is written: its files, the files of its tests,
// and its documentation.
type source struct {
	files, tests []*ast.File
	doc          *doc.Package
}

func readSource(t *testing.T) source {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	fset := token.NewFileSet()
	var src source
	for _, path := range paths {
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		if strings.HasSuffix(path, "_test.go") {
			src.tests = append(src.tests, f)
		} else {
			src.files = append(src.files, f)
		}
	}
	src.doc, err = doc.NewFromFiles(fset, append(append([]*ast.File{}, src.files...), src.tests...),
		"github.com/graphpool/graphpool/losses", doc.PreserveAST|doc.AllDecls)
	require.NoError(t, err)
	return src
}

// lossSource is an exported loss as it is written.
type lossSource struct {
	function *doc.Func
	constant string // the name of the constant that names it
	name     string // its value
	graph    bool   // it is a loss of an assignment on a graph
	needA    bool   // it reads the graph's A
}

// losses is the exported functions that return a node, but for Total, which
// adds losses up.
func (src source) losses(t *testing.T) (all []lossSource) {
	t.Helper()
	for _, f := range src.functions() {
		if f.Name == "Total" || !ast.IsExported(f.Name) || !returnsNode(f.Decl) {
			continue
		}
		l := lossSource{function: f, graph: calls(f.Decl, "newAssignment") != nil}
		if calls(f.Decl, "newAssignmentWithA") != nil {
			l.graph, l.needA = true, true
		}
		call := calls(f.Decl, "build")
		require.NotNil(t, call, "%s does not call build", f.Name)
		name, ok := call.Args[0].(*ast.Ident)
		require.True(t, ok, "%s: want a constant NameX as the first argument of build", f.Name)
		l.constant, l.name = name.Name, src.constant(t, name.Name)
		all = append(all, l)
	}
	return all
}

// functions is the functions of the package, without methods.
func (src source) functions() []*doc.Func {
	all := src.doc.Funcs
	for _, t := range src.doc.Types {
		all = append(all, t.Funcs...)
	}
	return all
}

// constant is the value of a string constant of the package.
func (src source) constant(t *testing.T, name string) string {
	t.Helper()
	for _, c := range src.doc.Consts {
		if len(c.Names) == 1 && c.Names[0] == name {
			value := c.Decl.Specs[0].(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value
			return strings.Trim(value, `"`)
		}
	}
	require.Fail(t, "no constant of its own", name)
	return ""
}

// returnsNode tells whether a function's first result is a *G.Node.
func returnsNode(f *ast.FuncDecl) bool {
	if f.Type.Results == nil {
		return false
	}
	star, ok := f.Type.Results.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	sel, ok := star.X.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Node"
}

// calls is the first call of a function of the package by another; nil: none.
func calls(f *ast.FuncDecl, name string) (call *ast.CallExpr) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && call == nil {
			if id, ok := c.Fun.(*ast.Ident); ok && id.Name == name {
				call = c
			}
		}
		return call == nil
	})
	return call
}
