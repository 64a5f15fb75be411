package table_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/names"
	"github.com/graphpool/graphpool/layers/internal/source"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

//go:generate go test -run ^TestDocsAreCurrent$ . -update

var updateDocs = flag.Bool("update", false, "write docs/layers.md")

// TestDocsAreCurrent wants docs/layers.md to be what the table and the
// package's comments say.
func TestDocsAreCurrent(t *testing.T) {
	file := filepath.Join("..", "..", "..", "docs", "layers.md")
	want := tableDocs(t)
	if *updateDocs {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	have, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.True(t, string(have) == want, "docs/layers.md is out of date: go generate ./layers/... writes it")
}

// tableDocs is the text of docs/layers.md.
func tableDocs(t *testing.T) string {
	t.Helper()
	p, err := source.Read(layersDir)
	require.NoError(t, err)
	all, err := p.Layers()
	require.NoError(t, err)
	byClass := map[string]source.Layer{}
	for _, l := range all {
		byClass[l.Class] = l
	}
	var b strings.Builder
	b.WriteString("<!-- Written by go generate ./layers/... from the table in layers/internal/table. -->\n\n" + docsIntro)
	b.WriteString("\n| Layer | single | disjoint | batch | mixed | sparse A | losses | source |\n|---|---|---|---|---|---|---|---|\n")
	for _, row := range table() {
		b.WriteString(row.docsLine(t, byClass[row.class()]))
	}
	b.WriteString("\n## The layers\n")
	for _, row := range table() {
		b.WriteString(docsSection(t, p, byClass[row.class()]))
	}
	b.WriteString("\n## Functions that make layers\n")
	makers, err := p.Makers()
	require.NoError(t, err)
	for _, f := range makers {
		fmt.Fprintf(&b, "\n### %s\n\n```go\n%s\n```\n\n%s\n", f.Name, f.Signature, strings.TrimRight(docsParagraphs(p.Doc(f.Doc)), "\n"))
	}
	b.WriteString("\n## What layers have in common\n")
	for _, name := range []string{"Trainable", "Clusters", "SoftAssign", "Soft", "TopNodes", "HardClusters", "Scorer", "Heuristic", "EdgeScore", "Neighbours", "Attention", "Rescale", "Coarse", "Aggregation", "EdgeFeatures", "Combination", "Readout", "DegreeScaler", "SetAttention"} {
		b.WriteString(docsType(p, name))
	}
	return b.String()
}

const docsIntro = `# Layers

Every layer of package layers is a struct of options with one method, Apply,
which takes graphs in any [mode](modes.md) and returns graphs. One table of
tests checks all layers: gradients by central differences in every mode,
permuted nodes, padding, sparse against dense, batches against single graphs,
seeds, JSON and files.

In the columns of the modes, ● means that the layer works in this mode. In the
column "sparse A", ● means that a sparse adjacency is not made dense, and that
the resulting adjacency is sparse too, except for the K×K adjacency of clusters;
"not read" means that the layer passes A on or does not need it. Losses are
scalars by name in the layer's output, before their weights.

Options are fields, which the constructor sets to the defaults below; "given"
means an argument of the constructor. The second name is the one in
configurations (Marshal, Unmarshal, Save, Load).

PyG (PyTorch Geometric), tgp (torch-geometric-pool) and Spektral are Python
libraries; a section that names one says how the layer differs from its layer.
`

// docsLine is the layer's line in the table.
func (row tableRow) docsLine(t *testing.T, l source.Layer) string {
	t.Helper()
	cells := []string{fmt.Sprintf("[%s](#%s)", l.Name, strings.ToLower(l.Name))}
	for _, mode := range []modes.Mode{modes.Single, modes.Disjoint, modes.Batch, modes.Mixed} {
		cell := "●"
		if use, no := row.without[mode]; no {
			cell = "– " + use
		}
		cells = append(cells, cell)
	}
	sparse := "●"
	if row.noA {
		sparse = "not read"
		if r := row.run(t); r.a != nil {
			sparse = "● (A may be nil)"
		}
	}
	var lossNames []string
	if _, stack := row.layers[0].(*layers.Stack); stack {
		lossNames = []string{"those of its layers"}
	} else {
		for _, term := range row.run(t).out.Losses {
			name := term.Name
			if term.Weight == 0 {
				name += " (weight 0)"
			}
			lossNames = append(lossNames, name)
		}
	}
	cells = append(cells, sparse, strings.Join(lossNames, ", "), row.paper)
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// run is the row's first layer, built.
func (row tableRow) run(t *testing.T) *tableRun {
	t.Helper()
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	r, err := tableBuild(row.layers[0], store, row.base(), row.base().input(), true)
	require.NoError(t, err)
	return r
}

// docsSection is what there is to say of one layer.
func docsSection(t *testing.T, p *source.Package, l source.Layer) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n%s\n", l.Name, docsParagraphs(p.Doc(l.Doc)))
	if len(l.Options) == 0 {
		b.WriteString("There are no options.\n")
		return b.String()
	}
	fields := docsDefaults(t, l.Class)
	b.WriteString("| Option | JSON | Type | Default | |\n|---|---|---|---|---|\n")
	shared := false
	for _, o := range l.Options {
		if o.From == "Trainable" {
			shared = true
			continue
		}
		key := names.Snake(o.Name)
		value := docsValue(fields[key])
		if slices.Contains(l.Params, key) {
			value = "given"
		}
		b.WriteString(docsOption(o, key, value))
	}
	if shared {
		b.WriteString("\nAnd those of [Trainable](#trainable).\n")
	}
	return b.String()
}

// docsParagraphs gives each part of a comment, and what it says of other
// libraries, a paragraph of its own.
func docsParagraphs(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "\t") {
			line = docsParts.ReplaceAllString(line, "\n\n**$1:** ")
			line = docsElsewhere.ReplaceAllString(line, "$1\n\n**Elsewhere:** as $2")
			lines[i] = strings.ReplaceAll(strings.TrimLeft(line, "\n"), " \n", "\n")
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

var (
	docsParts     = regexp.MustCompile(`(?:^| )(Modes(?: and edges)?|Shapes|Gradient|Errors|Source): `)
	docsElsewhere = regexp.MustCompile(`(^|[.] )As (Spektral|PyG|Keras)`)
)

func docsOption(o source.Option, key, value string) string {
	if strings.HasSuffix(o.Type, "Func") {
		key, value = "", "nil"
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s |\n", o.Name, key, docsEscape(o.Type), value, docsEscape(o.Doc))
}

// docsDefaults is the configuration of a layer as its constructor makes it.
func docsDefaults(t *testing.T, class string) map[string]json.RawMessage {
	t.Helper()
	l, err := layers.Unmarshal(fmt.Appendf(nil, `{"class":%q}`, class))
	require.NoError(t, err)
	data, err := layers.Marshal(l)
	require.NoError(t, err)
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(data, &fields))
	return fields
}

// docsValue is a default in words.
func docsValue(data json.RawMessage) string {
	switch text := string(data); text {
	case "null":
		return "none"
	case "{}":
		return ""
	default:
		return docsEscape(text)
	}
}

func docsEscape(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// docsType is the section of a type that layers share: its comment, and its
// fields or values.
func docsType(p *source.Package, name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n%s\n", name, docsParagraphs(p.Doc(p.TypeDoc(name))))
	for _, v := range p.Values(name) {
		fmt.Fprintf(&b, "- %s: %s\n", v.Name, v.Doc)
	}
	if name == "Trainable" {
		b.WriteString("| Option | JSON | Type | |\n|---|---|---|---|\n")
		for _, o := range p.Options(name) {
			key := names.Snake(o.Name)
			if strings.HasSuffix(o.Type, "Func") {
				key = ""
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", o.Name, key, o.Type, docsEscape(o.Doc))
		}
	}
	return b.String()
}
