package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// page is what page.html is filled with.
type page struct {
	Title, Lead, Version, Time string
	Command                    []string // its words: a line breaks between them
	Style                      template.CSS
	Warnings, Changes          []string
	Tiles, Facts, Config       []Fact
	Wide, Half                 []pageFigure
	Levels                     table
}

// pageFigure is a figure on the page.
type pageFigure struct {
	Name, Title, Note string
	Wide              bool
	SVG, Narrow       template.HTML
	Legend            []legendItem
	Table             table
}

// legendItem names a cluster under the graph's picture; pointing at it dims the
// others.
type legendItem struct {
	At           int
	Colour, Text string
}

// HTML writes the page. It errs where fields of the data do not fit together,
// and where w does.
func HTML(w io.Writer, d *Data) error {
	figures, err := Figures(d)
	if err != nil {
		return err
	}
	return Page(w, d, figures)
}

// Page is [HTML] with the data's figures, for those who need them too: laying a
// graph out is what takes the time.
func Page(w io.Writer, d *Data, figures []Figure) error {
	t, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("report: the page's template: %w", err)
	}
	k := newClusters(d)
	p := page{
		Title: clean(d.Title), Lead: d.lead(k), Version: clean(d.Version), Time: clean(d.Time),
		Command: strings.Fields(visible(d.Command)), Style: template.CSS(style(k) + pageCSS),
		Warnings: each(d.Warnings, visible), Changes: each(d.Changes, visible),
		Tiles: each(d.Tiles, Fact.clean), Facts: each(d.Facts, Fact.clean), Config: each(d.Config, Fact.clean),
		Levels: levelTable(d),
	}
	for _, f := range figures {
		if f.wide {
			p.Wide = append(p.Wide, f.onPage(k))
		} else {
			p.Half = append(p.Half, f.onPage(k))
		}
	}
	return t.Execute(w, p)
}

func each[T, U any](v []T, f func(T) U) []U {
	var out []U
	for _, x := range v {
		out = append(out, f(x))
	}
	return out
}

func (f Fact) clean() Fact {
	return Fact{Name: clean(f.Name), Value: visible(f.Value), Note: visible(f.Note)}
}

// lead is the page's first sentence.
func (d *Data) lead(k *clusters) string {
	s := fmt.Sprintf("%s and %s in %s", text.Plural(d.Graph.Nodes(), "node"), text.Plural(len(d.Graph.Col)/2, "edge"), text.Plural(len(k.ids), "cluster"))
	if d.Method != "" {
		s += " by " + clean(d.Method)
	}
	if len(k.ids) > 1 {
		s += ", of " + text.SizeRange(k.size[len(k.size)-1], k.size[0])
	}
	return s + "."
}

// onPage renders a figure for the page; what the SVG writer makes is escaped.
func (f Figure) onPage(k *clusters) pageFigure {
	p := pageFigure{Name: f.Name, Title: f.Title, Note: f.Note, Wide: f.wide, Table: f.table.judged()}
	draw := func(s *scene, class, id string) template.HTML {
		return template.HTML(strings.Replace(s.svg(true, id, f.Title, f.Alt), "<svg ", `<svg class="`+class+`" `, 1))
	}
	p.SVG = draw(f.scene, "full", f.Name)
	if f.narrow != nil {
		p.Narrow = draw(f.narrow, "narrow", f.Name+"-n")
	}
	if f.Name == "graph" {
		p.Legend = legend(k)
	}
	return p
}

// legend lists the largest clusters.
func legend(k *clusters) []legendItem {
	const most = 24
	n := len(k.ids)
	if n > most+1 {
		n = most
	}
	var out []legendItem
	for c := range n {
		out = append(out, legendItem{c, "b-" + k.paint(c).css(), fmt.Sprintf("%d: %s", k.ids[c], text.Grouped(k.size[c]))})
	}
	if rest := len(k.ids) - n; rest > 0 {
		out = append(out, legendItem{-1, "", fmt.Sprintf("and %d more", rest)})
	}
	return out
}

// style defines the colours, light and dark, and what each class does with them.
func style(k *clusters) string {
	used := []paint{ink, faint, grid, paper, accent}
	seen := make(map[paint]bool)
	for c := range k.ids {
		if p := k.paint(c); !seen[p] {
			seen[p] = true
			used = append(used, p, p+textOn)
		}
	}
	var light, dark, rules strings.Builder
	for _, p := range used {
		name := p.css()
		fmt.Fprintf(&light, "--%s:%s;", name, p.light())
		fmt.Fprintf(&dark, "--%s:%s;", name, p.dark())
		fmt.Fprintf(&rules, ".f-%s{fill:var(--%[1]s)}.s-%[1]s{stroke:var(--%[1]s)}.b-%[1]s{background:var(--%[1]s)}\n", name)
	}
	for c := range min(len(k.ids), 24) {
		fmt.Fprintf(&rules, ".card:has(.l%d:is(:hover,:focus)) .g:not(.k%[1]d){opacity:.1}\n", c)
	}
	return fmt.Sprintf(":root{color-scheme:light dark;--ground:#f4f5f7;%s}\n@media screen and (prefers-color-scheme:dark){:root{--ground:#0d0f12;%s}}\n%s",
		light.String(), dark.String(), rules.String())
}
