package source

import (
	"go/ast"
	"maps"
	"slices"
)

// Raising is the functions of the package that may end in the panic of must or
// ensure: all that name one of them, or another such function, outside the
// formulas that build runs. A formula is a function literal that is handed to
// build, or to a function of the package that runs it inside of build. Methods
// stand in the list with a point before their name, which alone tells them
// apart: the list may be too long, but not too short.
func (p *Package) Raising() []string {
	runs := map[string]bool{"build": true}
	for grown := true; grown; {
		grown = false
		for _, f := range p.funcs {
			if !runs[f.Name.Name] && f.Recv == nil && runsInside(f, runs) {
				runs[f.Name.Name], grown = true, true
			}
		}
	}
	raises := map[string]bool{"must": true, "ensure": true}
	for grown := true; grown; {
		grown = false
		for _, f := range p.funcs {
			name := f.Name.Name
			if f.Recv != nil {
				name = "." + name
			}
			if !raises[name] && namesOutside(f.Body, raises, runs) {
				raises[name], grown = true, true
			}
		}
	}
	return slices.Sorted(maps.Keys(raises))
}

// runsInside tells whether a function has parameters that are functions, and
// names them inside of formulas only.
func runsInside(f *ast.FuncDecl, runs map[string]bool) bool {
	params := map[string]bool{}
	for _, field := range f.Type.Params.List {
		if _, ok := field.Type.(*ast.FuncType); ok {
			for _, n := range field.Names {
				params[n.Name] = true
			}
		}
	}
	return len(params) > 0 && !namesOutside(f.Body, params, runs)
}

// namesOutside tells whether one of the names stands in a body outside of
// formulas.
func namesOutside(body ast.Node, names, runs map[string]bool) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			found = found || names[n.Name]
		case *ast.SelectorExpr:
			found = found || names["."+n.Sel.Name] || namesOutside(n.X, names, runs)
			return false
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); !ok || !runs[id.Name] {
				return true
			}
			for _, arg := range n.Args {
				if _, formula := arg.(*ast.FuncLit); !formula {
					found = found || namesOutside(arg, names, runs)
				}
			}
			return false
		}
		return true
	})
	return found
}
