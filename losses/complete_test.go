package losses_test

import (
	"go/ast"
	"go/doc"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryLossHasItsTests wants what README and docs promise of each exported
// loss. A new loss fails here until it has all of it.
func TestEveryLossHasItsTests(t *testing.T) {
	src := readSource(t)
	all := src.losses(t)
	require.GreaterOrEqual(t, len(all), 10)
	rows := map[string]loss{}
	for _, l := range table() {
		if l.variant == "" {
			assert.NotContains(t, rows, l.loss, "two rows of the defaults")
			rows[l.loss] = l
		}
	}
	tests := testNames(src)
	for _, l := range all {
		f := l.function.Name
		if l.graph {
			row, ok := rows[l.name]
			assert.True(t, ok, "%s has no row in the table of tests", f)
			assert.Equal(t, l.needA, row.needA, "%s: needA of its row", f)
			delete(rows, l.name)
			continue
		}
		for _, test := range []string{"ByHand", "Properties", "Gradient", "Refusals"} {
			assert.True(t, tests["Test"+f+test], "%s has no row in the table of tests, and no Test%s%s", f, f, test)
		}
	}
	assert.Empty(t, rows, "rows whose name is not that of an exported loss")
}

// testNames is the names of the functions of the tests.
func testNames(src source) map[string]bool {
	names := map[string]bool{}
	for _, file := range src.tests {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}

func TestEveryLossHasAnExample(t *testing.T) {
	src := readSource(t)
	output := map[string]string{}
	for _, e := range doc.Examples(src.tests...) {
		output[e.Name] = e.Output
	}
	for _, l := range src.losses(t) {
		assert.NotEmpty(t, output[l.function.Name], "%s has no Example with an output", l.function.Name)
	}
}

// Each loss has one constant for its name. The constant is called after the name:
// NameTotalVariation is "total_variation".
func TestEveryLossHasItsName(t *testing.T) {
	src := readSource(t)
	of := map[string]string{}
	for _, l := range src.losses(t) {
		assert.Regexp(t, `^[a-z]+(_[a-z]+)*$`, l.name, l.function.Name)
		assert.Equal(t, "Name"+camel(l.name), l.constant, l.function.Name)
		assert.Empty(t, of[l.name], "%s has the name of another loss", l.function.Name)
		of[l.name] = l.function.Name
	}
	for _, c := range src.doc.Consts {
		if name, ok := strings.CutPrefix(c.Names[0], "Name"); ok {
			assert.NotEmpty(t, of[src.constant(t, c.Names[0])], "Name%s names no exported loss", name)
		}
	}
}

// camel is a name without its underscores, as TotalVariation.
func camel(name string) string {
	return regexp.MustCompile(`(?:^|_)[a-z]`).ReplaceAllStringFunc(name, func(s string) string {
		return strings.ToUpper(strings.TrimPrefix(s, "_"))
	})
}

// The comment of a loss has its formula, and says the same things in the same
// order.
func TestEveryLossSaysWhatItIs(t *testing.T) {
	for _, l := range readSource(t).losses(t) {
		assert.Regexp(t, `(?s)\n\n\tL = .*\nRange: .*\nShapes: .*\nGradient: .*\nSource: `, l.function.Doc, l.function.Name)
	}
}

// Every exported constant, type and function is named in docs/losses.md.
func TestEveryExportedNameIsInTheDocs(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "losses.md"))
	require.NoError(t, err)
	src := readSource(t)
	var names []string
	for _, typ := range src.doc.Types {
		names = append(names, typ.Name)
		for _, c := range typ.Consts {
			names = append(names, c.Names...)
		}
	}
	for _, c := range src.doc.Consts {
		names = append(names, c.Names...)
	}
	for _, f := range src.functions() {
		names = append(names, f.Name)
	}
	for _, name := range names {
		if ast.IsExported(name) {
			assert.True(t, regexp.MustCompile(`\b`+name+`\b`).Match(text), "%s is not in docs/losses.md: go generate ./losses writes it", name)
		}
	}
}
