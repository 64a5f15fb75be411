package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func TestPageTellsEverything(t *testing.T) {
	page := htmlOf(t, planted(40, 3, 4, 1))
	for _, want := range []string{
		"40 nodes and ", " in 3 clusters by DMoN", "planted.npz", "<span>trainclustering</span> <span>train</span>", "2 self loops left out",
		"nearly all nodes fell into one cluster", "higher is better", "Content-Security-Policy",
		`id="graph"`, `id="coarse"`, `id="sizes"`, `id="compared"`, `id="confusion"`, `id="adjacency"`,
		`id="losses"`, `id="restarts"`, `id="agreement"`, `id="config"`, `id="command"`, "prefers-color-scheme:dark", "@media print",
	} {
		assert.True(t, strings.Contains(page, want), want)
	}
	assert.False(t, strings.Contains(page, "<script"))
	assert.False(t, strings.Contains(strings.ReplaceAll(withoutPixels(page), "http://www.w3.org/2000/svg", ""), "http:"))
	assert.Equal(t, strings.Count(page, "<figure>"), strings.Count(page, "<summary>"), "a table behind each picture")
}

// withoutPixels takes the images out of a page.
func withoutPixels(page string) string {
	return regexp.MustCompile(`base64,[A-Za-z0-9+/=]*`).ReplaceAllString(page, "")
}

func TestPageLeavesOutWhatThereIsNot(t *testing.T) {
	d := planted(20, 2, 3, 1)
	page := htmlOf(t, &Data{Title: "bare", Graph: d.Graph, Cluster: d.Cluster})
	for _, id := range []string{"compared", "confusion", "losses", "restarts", "agreement", "facts", "config", "command"} {
		assert.False(t, strings.Contains(page, `id="`+id+`"`), id)
	}
}

func TestSameDataSameBytes(t *testing.T) {
	a, b := planted(60, 5, 4, 3), planted(60, 5, 4, 3)
	assert.True(t, htmlOf(t, a) == htmlOf(t, b))
	f, g := figureNamed(t, a, "graph"), figureNamed(t, b, "graph")
	var x, y bytes.Buffer
	require.NoError(t, f.PNG(&x))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	require.NoError(t, g.PNG(&y))
	assert.True(t, bytes.Equal(x.Bytes(), y.Bytes()))
}

// hostile holds texts that would break out of HTML, SVG, CSS or their line.
var hostile = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onload='alert(1)`, "</style><b>", "</title><svg onload=alert(1)>",
	"a\x00b\x1b[31mred\r\nnext", "\u202egnirts\u202c", "\ufeff\u200b\u2066x", "\xff\xfe", "{{.Title}}", "]]><!--", strings.Repeat("w", 5000), "", "名前のある頂点",
}

// withHostile puts the texts wherever one comes from outside.
func withHostile() *Data {
	d := planted(60, 4, 4, 2)
	for i := range d.Graph.Names {
		d.Graph.Names[i] = hostile[i%len(hostile)]
	}
	d.Classes = hostile[:2]
	all := strings.Join(hostile, " ")
	d.Title, d.Method, d.Version, d.Time, d.Command = all, hostile[0], hostile[1], hostile[2], all
	d.Facts, d.Config, d.Tiles = nil, nil, nil
	for _, h := range hostile {
		f := Fact{h, h, h}
		d.Facts, d.Config, d.Tiles = append(d.Facts, f), append(d.Config, f), append(d.Tiles, f)
	}
	d.Changes, d.Warnings = hostile, hostile
	d.History.Names = hostile[:2]
	d.Compared.Columns = hostile[2:4]
	d.Compared.Rows[0].Name = hostile[4]
	return d
}

func TestHostileTextStaysText(t *testing.T) {
	page := htmlOf(t, withHostile())
	allowed := strings.Fields("html head meta link title style body main header h1 p ul li span b small section h2 div figure " +
		"svg desc rect circle path text image i figcaption details summary table thead tbody tr th td dl dt dd pre code footer")
	z := html.NewTokenizer(strings.NewReader(page))
	elements := 0
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		elements++
		assert.Contains(t, allowed, token.Data)
		for _, a := range token.Attr {
			assert.False(t, strings.HasPrefix(a.Key, "on"), "%s has %s", token.Data, a.Key)
			if a.Key == "href" {
				assert.True(t, strings.HasPrefix(a.Val, "data:"), a.Val)
			}
		}
	}
	assert.ErrorIs(t, z.Err(), io.EOF)
	assert.Greater(t, elements, 500)
	for _, odd := range "\x00\x1b\r\u202e\u202c\ufeff\u200b\u2066" {
		assert.False(t, strings.ContainsRune(page, odd), "%q", odd)
	}
	assert.True(t, strings.Contains(page, `\u202egnirts\u202c`), "what does not show is told")
	assert.True(t, strings.Contains(page, "名前のある頂点"))
}

func TestFiguresAreWellFormed(t *testing.T) {
	for name, d := range map[string]*Data{
		"hostile": withHostile(), "small": planted(5, 2, 2, 1), "large": planted(5100, 30, 5, 1),
		"one":      {Graph: graphOf(1, nil), Cluster: []int{0}},
		"no edges": {Graph: graphOf(7, nil), Cluster: []int{0, 1, 2, 3, 3, 3, 900}},
		"all one":  {Graph: graphOf(3, [][2]int{{0, 1}, {1, 2}}), Cluster: []int{0, 0, 0}},
	} {
		figures, err := Figures(d)
		require.NoError(t, err)
		assert.NotEmpty(t, figures)
		for _, f := range figures {
			assert.NotEmpty(t, f.Alt)
			assert.NotEmpty(t, f.Title)
			assert.NotEmpty(t, f.table.Head, "%s of %s", f.Name, name)
			var b bytes.Buffer
			require.NoError(t, f.SVG(&b))
			for _, odd := range []string{"NaN", "Inf"} {
				assert.False(t, strings.Contains(withoutPixels(b.String()), odd), "%s in %s of %s", odd, f.Name, name)
			}
			x := xml.NewDecoder(&b)
			for err = nil; err == nil; {
				_, err = x.Token()
			}
			assert.ErrorIs(t, err, io.EOF, "%s of %s", f.Name, name)
			if name == "large" && f.Name != "graph" {
				continue // their pixels take long
			}
			b.Reset()
			require.NoError(t, f.PNG(&b))
			img, err := png.DecodeConfig(&b)
			require.NoError(t, err)
			assert.Equal(t, int(pngScale*f.file().w), img.Width)
		}
	}
}

func TestEmptyGraph(t *testing.T) {
	page := htmlOf(t, &Data{Title: "nothing", Graph: Graph{RowPtr: []int32{0}}})
	assert.True(t, strings.Contains(page, "0 nodes and 0 edges in 0 clusters"))
	assert.False(t, strings.Contains(page, "<figure>"))
}

func TestDataThatDoesNotFit(t *testing.T) {
	for want, spoil := range map[string]func(*Data){
		"Cluster has 39 entries, want one a node (40)":                       func(d *Data) { d.Cluster = d.Cluster[:39] },
		"Share has 1 entries, want one a node (40)":                          func(d *Data) { d.Share = d.Share[:1] },
		"Labels has 1 entries, want one a node (40)":                         func(d *Data) { d.Labels = d.Labels[:1] },
		"Graph.Names has 1 entries, want one a node (40)":                    func(d *Data) { d.Graph.Names = d.Graph.Names[:1] },
		"Cluster[3] = -1, want 0 to 2147483647":                              func(d *Data) { d.Cluster[3] = -1 },
		"Labels[3] = -2, want at least -1":                                   func(d *Data) { d.Labels[3] = -2 },
		"Graph.Col[0] = 40, want 0 to 39":                                    func(d *Data) { d.Graph.Col[0] = 40 },
		"History.Rows[1] has 1 values, want one a name (2)":                  func(d *Data) { d.History.Rows[1] = []float64{1} },
		"Compared.Rows[0] has 1 values and 0 spreads, want one a column (2)": func(d *Data) { d.Compared.Rows[0].Values = []float64{1} },
		"Agreement[0] has 1 values, want one a restart (2) in as many rows":  func(d *Data) { d.Agreement[0] = []float64{1} },
		"Embedding is 3 × 2 with 0 values, want 40 rows":                     func(d *Data) { d.Embedding = &Matrix{Rows: 3, Cols: 2} },
	} {
		d := planted(40, 3, 4, 1)
		spoil(d)
		assert.EqualError(t, HTML(io.Discard, d), "report: "+want)
	}
}

// failing is a writer that fails.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteErrorsAreTold(t *testing.T) {
	d := planted(10, 2, 2, 1)
	assert.ErrorContains(t, HTML(failing{}, d), "disk full")
	f := figureNamed(t, d, "graph")
	assert.ErrorContains(t, f.SVG(failing{}), "disk full")
	assert.ErrorContains(t, f.PNG(failing{}), "disk full")
}

func TestTexts(t *testing.T) {
	assert.Equal(t, `a\u000ab`, clean("a\nb"))
	assert.Equal(t, 200, len([]rune(clean(strings.Repeat("é", 500)))))
	assert.Equal(t, "–", figure(math.NaN()))
	assert.Equal(t, "12,345", figure(12345))
	assert.Equal(t, "0.0000", figure(0))
	assert.Equal(t, "-0.5000", figure(-0.5))
	assert.True(t, table{Rows: [][]string{{"a", "1.5 ± 0.1"}, {"b", "–"}}}.Number(1))
	assert.False(t, table{Rows: [][]string{{"a", "x"}}}.Number(1))
}
