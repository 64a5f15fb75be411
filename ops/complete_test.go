package ops

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// declared is the exported functions, not methods, of the Go files of this
// folder that want tells to take.
func declared(t *testing.T, files func(name string) bool, want func(f *ast.FuncDecl) bool) []string {
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || !files(e.Name()) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() && want(f) {
				names = append(names, f.Name.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

func isTestFile(name string) bool { return strings.HasSuffix(name, "_test.go") }

// makesNode tells whether a function returns (*G.Node, error) or (Sparse,
// error).
func makesNode(f *ast.FuncDecl) bool {
	r := f.Type.Results
	if r == nil || len(r.List) != 2 {
		return false
	}
	if err, ok := r.List[1].Type.(*ast.Ident); !ok || err.Name != "error" {
		return false
	}
	switch x := r.List[0].Type.(type) {
	case *ast.Ident:
		return x.Name == "Sparse"
	case *ast.StarExpr:
		s, ok := x.X.(*ast.SelectorExpr)
		return ok && s.Sel.Name == "Node"
	}
	return false
}

func exportedOps(t *testing.T) []string {
	names := declared(t, func(name string) bool { return !isTestFile(name) }, makesNode)
	require.Greater(t, len(names), 40)
	return names
}

// An op without a gradient check, or without a call that is refused, fails.
func TestEveryOpIsInTheTable(t *testing.T) {
	rows := map[string]bool{}
	for _, r := range opRows() {
		assert.False(t, rows[r.op], "%s has two rows", r.op)
		rows[r.op] = true
		assert.NotEmpty(t, r.cases, "%s has no case", r.op)
		assert.NotEmpty(t, r.bad, "%s has no call that is refused", r.op)
		names := map[string]bool{}
		for _, c := range r.cases {
			assert.False(t, names[c.name], "%s has two cases %q", r.op, c.name)
			names[c.name] = true
		}
		assert.True(t, slices.ContainsFunc(r.cases, func(c opCase) bool { return c.want != nil }) || r.op == "Reshape" || r.op == "dropoutAt",
			"%s has no value worked by hand", r.op)
	}
	for _, name := range exportedOps(t) {
		assert.True(t, rows[name], "%s is not in the table", name)
		delete(rows, name)
	}
	maps.DeleteFunc(rows, func(name string, _ bool) bool { return !ast.IsExported(name) }) // of gradients, and of tests
	assert.Empty(t, rows, "rows of functions that are not exported")
}

func TestEveryOpIsInTheDocumentation(t *testing.T) {
	doc, err := os.ReadFile("../docs/ops.md")
	require.NoError(t, err)
	rows := regexp.MustCompile("(?m)^\\| `([A-Za-z0-9]+)").FindAllStringSubmatch(string(doc), -1)
	var names []string
	for _, r := range rows {
		names = append(names, r[1])
	}
	slices.Sort(names)
	for _, name := range exportedOps(t) {
		assert.True(t, slices.Contains(names, name), "%s has no line in a table of docs/ops.md", name)
	}
	assert.Equal(t, len(exportedOps(t)), len(names), "docs/ops.md has a line for each exported function that makes a node, and no other")
}

// The notes on Gorgonia name the tests that show what they say.
func TestEveryNoteHasItsTest(t *testing.T) {
	doc, err := os.ReadFile("../docs/gorgonia-notes.md")
	require.NoError(t, err)
	named := regexp.MustCompile(`\bTest[A-Za-z0-9]+`).FindAllString(string(doc), -1)
	require.NotEmpty(t, named)
	tests := declared(t, isTestFile, func(*ast.FuncDecl) bool { return true })
	for _, name := range named {
		assert.Contains(t, tests, name)
	}
}
