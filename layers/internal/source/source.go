// Package source reads what package layers says about its layers: their
// names, constructors, options and documentation. The list of classes and the
// documentation are generated from it.
package source

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Layer is an exported type of the package with a method Apply.
type Layer struct {
	Name   string   // of the type
	Class  string   // its name in configurations
	Doc    string   // its comment
	New    string   // its constructor's name
	Params []string // the names of what the constructor is given
	Args   []string // a zero for each but variadic ones
	// Options is the exported fields, those of embedded structs included.
	Options []Option
}

// Option is a field.
type Option struct {
	Name, Type, Doc string
	From            string // the embedded struct it is a field of; "" for the layer's own
}

// Package is the sources of a package.
type Package struct {
	doc   *doc.Package
	fset  *token.FileSet
	types map[string]*doc.Type
	funcs []*ast.FuncDecl // methods too
}

// Read parses the package in a directory, without its tests.
func Read(dir string) (*Package, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	p := &Package{fset: token.NewFileSet(), types: map[string]*doc.Type{}}
	var parsed []*ast.File
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(p.fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, f)
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				p.funcs = append(p.funcs, d)
			}
		}
	}
	if len(parsed) == 0 {
		return nil, fmt.Errorf("%s: %w", dir, fs.ErrNotExist)
	}
	if p.doc, err = doc.NewFromFiles(p.fset, parsed, "graphpool/layers", doc.PreserveAST|doc.AllDecls); err != nil {
		return nil, err
	}
	for _, t := range p.doc.Types {
		p.types[t.Name] = t
	}
	return p, nil
}

// Layers is the layers by name.
func (p *Package) Layers() ([]Layer, error) {
	var ls []Layer
	for _, t := range p.doc.Types {
		if !token.IsExported(t.Name) || !p.applies(t.Name) {
			continue
		}
		l := Layer{Name: t.Name, Doc: t.Doc, Options: p.options(t.Name, "")}
		if err := p.constructor(t, &l); err != nil {
			return nil, err
		}
		var err error
		if l.Class, err = p.class(t); err != nil {
			return nil, err
		}
		ls = append(ls, l)
	}
	return ls, nil
}

// Doc is documentation as Markdown, with headings of level 4.
func (p *Package) Doc(text string) string {
	pr := p.doc.Printer()
	pr.HeadingLevel = 4
	pr.HeadingID = func(*comment.Heading) string { return "" }
	pr.DocLinkURL = func(*comment.DocLink) string { return "" }
	return string(pr.Markdown(p.doc.Parser().Parse(text)))
}

// TypeDoc is the comment of a type, "" for one that is not there.
func (p *Package) TypeDoc(name string) string {
	if t := p.types[name]; t != nil {
		return t.Doc
	}
	return ""
}

// Func is a function of the package.
type Func struct {
	Name      string
	Signature string // the line that declares it
	Doc       string // its comment
}

// Makers is the exported functions that give a layer and are not the
// constructor of its type, by name.
func (p *Package) Makers() ([]Func, error) {
	all := slices.Clone(p.doc.Funcs)
	for _, t := range p.doc.Types {
		all = append(all, t.Funcs...)
	}
	var makers []Func
	for _, f := range all {
		given := f.Decl.Type.Results
		if !token.IsExported(f.Name) || given == nil || given.NumFields() != 1 {
			continue
		}
		if name := typeName(given.List[0].Type); !p.isLayer(name) || f.Name == "New"+name {
			continue
		}
		var b strings.Builder
		if err := format.Node(&b, p.fset, &ast.FuncDecl{Name: f.Decl.Name, Type: f.Decl.Type}); err != nil {
			return nil, err
		}
		makers = append(makers, Func{f.Name, b.String(), f.Doc})
	}
	slices.SortFunc(makers, func(a, b Func) int { return strings.Compare(a.Name, b.Name) })
	return makers, nil
}

// isLayer tells whether a type of the package has Apply: a struct, or an
// interface that asks for it.
func (p *Package) isLayer(name string) bool {
	return name == "Layer" || name == "Pooler" || p.applies(name)
}

// Values is the constants of a type, in order: their names and comments.
func (p *Package) Values(name string) (values []Option) {
	t := p.types[name]
	if t == nil {
		return nil
	}
	for _, c := range t.Consts {
		for _, s := range c.Decl.Specs {
			v := s.(*ast.ValueSpec)
			for _, n := range v.Names {
				values = append(values, Option{Name: n.Name, Type: name, Doc: oneLine(v.Doc.Text() + v.Comment.Text())})
			}
		}
	}
	return values
}

// applies tells whether a struct has Apply, by itself or by embedding.
func (p *Package) applies(name string) bool {
	t, ok := p.types[name]
	if !ok || p.structOf(name) == nil {
		return false
	}
	for _, m := range t.Methods {
		if m.Name == "Apply" && m.Level == 0 {
			return true
		}
	}
	return slices.ContainsFunc(p.structOf(name).Fields.List, func(f *ast.Field) bool {
		return len(f.Names) == 0 && p.applies(typeName(f.Type))
	})
}

// class is the name that the type's own method Class returns.
func (p *Package) class(t *doc.Type) (string, error) {
	for _, m := range t.Methods {
		if m.Name != "Class" || m.Level != 0 || len(m.Decl.Body.List) != 1 {
			continue
		}
		ret, ok := m.Decl.Body.List[0].(*ast.ReturnStmt)
		if !ok || len(ret.Results) != 1 {
			continue
		}
		if lit, ok := ret.Results[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			return strconv.Unquote(lit.Value)
		}
	}
	return "", fmt.Errorf("%s: no method Class of its own that returns a string constant", t.Name)
}

// constructor finds NewT and a zero for each of its arguments.
func (p *Package) constructor(t *doc.Type, l *Layer) error {
	for _, f := range t.Funcs {
		if f.Name != "New"+t.Name {
			continue
		}
		l.New = f.Name
		for _, a := range f.Decl.Type.Params.List {
			_, variadic := a.Type.(*ast.Ellipsis)
			for _, n := range a.Names {
				l.Params = append(l.Params, n.Name)
				if !variadic {
					l.Args = append(l.Args, zero(a.Type))
				}
			}
		}
		return nil
	}
	return fmt.Errorf("%s: no constructor New%s", t.Name, t.Name)
}

func zero(t ast.Expr) string {
	switch typeName(t) {
	case "int", "float64":
		return "0"
	case "string", "Activation", "Aggregation":
		return `""`
	case "bool":
		return "false"
	}
	return "nil"
}

// Options is the exported fields of a struct of the package.
func (p *Package) Options(name string) []Option {
	if p.structOf(name) == nil {
		return nil
	}
	return p.options(name, "")
}

// options is the exported fields of a struct and of those it embeds.
func (p *Package) options(name, from string) (opts []Option) {
	for _, f := range p.structOf(name).Fields.List {
		text := oneLine(f.Doc.Text() + f.Comment.Text())
		if len(f.Names) == 0 {
			if embedded := typeName(f.Type); p.structOf(embedded) != nil {
				opts = append(opts, p.options(embedded, embedded)...)
			}
		}
		for _, n := range f.Names {
			if n.IsExported() {
				opts = append(opts, Option{Name: n.Name, Type: typeString(f.Type), Doc: text, From: from})
			}
		}
	}
	return opts
}

// oneLine is text with single spaces for all white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// structOf is the struct that a type of the package is; nil for others.
func (p *Package) structOf(name string) *ast.StructType {
	t, ok := p.types[name]
	if !ok {
		return nil
	}
	for _, s := range t.Decl.Specs {
		if s := s.(*ast.TypeSpec); s.Name.Name == name {
			st, _ := s.Type.(*ast.StructType)
			return st
		}
	}
	return nil
}

// typeName is the last part of a type's name.
func typeName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.StarExpr:
		return typeName(t.X)
	}
	return ""
}

func typeString(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return "*" + typeString(t.X)
	case *ast.ArrayType:
		return "[]" + typeString(t.Elt)
	case *ast.SelectorExpr:
		return typeString(t.X) + "." + t.Sel.Name
	}
	return typeName(t)
}
