package check

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// words is every word of the documentation and of the examples.
func words(t *testing.T) map[string]bool {
	seen := map[string]bool{}
	word := regexp.MustCompile(`\w+`)
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		example := strings.Contains(filepath.Base(path), "example") && strings.HasSuffix(path, "_test.go")
		if err != nil || !example && !strings.HasSuffix(path, ".md") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, w := range word.FindAllString(string(b), -1) {
			seen[w] = true
		}
		return err
	})
	require.NoError(t, err)
	return seen
}

// exported is the documented names of a package, with their comments.
func exported(t *testing.T, folder string) map[string]string {
	paths, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, folder)
	require.NoError(t, err)
	names := map[string]string{}
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			for _, s := range v.Decl.Specs {
				s := s.(*ast.ValueSpec)
				for _, n := range s.Names {
					names[n.Name] = v.Doc + s.Doc.Text() + s.Comment.Text()
				}
			}
		}
	}
	funcs := func(fs []*doc.Func) {
		for _, f := range fs {
			names[f.Name] = f.Doc
		}
	}
	values(p.Consts)
	values(p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		names[typ.Name] = typ.Doc
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
	}
	return names
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	seen := words(t)
	for _, folder := range []string{"ops", "modes", "losses", "layers"} {
		names := exported(t, folder)
		assert.NotEmpty(t, names, folder)
		for name, comment := range names {
			if !ast.IsExported(name) {
				continue
			}
			assert.NotEmpty(t, comment, "%s.%s has no comment", folder, name)
			of := strings.TrimPrefix(name, "New") // a constructor stands with its type
			assert.True(t, seen[name] || seen[of], "%s.%s is in no page of docs and in no Example", folder, name)
		}
	}
}
