package config

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func options() []Option {
	return []Option{{"k", One}, {"lr", One}, {"data", One}, {"quiet", One}, {"hidden", Joined}, {"loss-weight", Many}}
}

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader("# a run\nk: 16\nlr: 1e-3\ndata: \"a: b.npz\"\nquiet: true\nhidden: [128, 64]\nloss-weight: [cluster=0.5, modularity=1]\n"), "c.yaml", options())
	require.NoError(t, err)
	assert.Equal(t, []Setting{
		{"k", []string{"16"}, 2},
		{"lr", []string{"1e-3"}, 3},
		{"data", []string{"a: b.npz"}, 4},
		{"quiet", []string{"true"}, 5},
		{"hidden", []string{"128,64"}, 6},
		{"loss-weight", []string{"cluster=0.5", "modularity=1"}, 7},
	}, got)
	for _, empty := range []string{"", "# nothing\n", "---\n", "null\n"} {
		got, err := Read(strings.NewReader(empty), "c.yaml", options())
		require.NoError(t, err, "%q", empty)
		assert.Empty(t, got)
	}
	got, err = Read(strings.NewReader("loss-weight: cluster=1\nhidden: 64\n"), "c.yaml", options())
	require.NoError(t, err)
	assert.Equal(t, []string{"cluster=1"}, got[0].Values)
}

func TestWrongFilesAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"K: 1\n":                 `c.yaml:1: "K" is not an option, did you mean k?`,
		"k: 1\nloss_weigth: x\n": `c.yaml:2: "loss_weigth" is not an option, did you mean loss-weight?`,
		"frobnicate: 1\n":        `c.yaml:1: "frobnicate" is not an option`,
		"k: 1\nlr: 2\nk: 3\n":    "c.yaml:3: k a second time, first in line 1",
		"k: [1, 2]\n":            "c.yaml:1: k = a list, want one value",
		"k: {a: 1}\n":            "c.yaml:1: k = a mapping, want a text, a number, true or false",
		"k:\n":                   "c.yaml:1: k = nothing, want a value (leave the line out for the default)",
		"hidden: [[1]]\n":        "c.yaml:1: hidden = a list, want a text, a number, true or false",
		"- k\n":                  "c.yaml:1: a list, want options and values, as in k: 16",
		"k\n":                    `c.yaml:1: "k", want options and values, as in k: 16`,
		"k: 1\n---\nk: 2\n":      "c.yaml: more than one document, want one",
		"lr: &a 1\nk: *a\n":      "c.yaml:2: k = an alias (*a), want a text, a number, true or false",
		"[a]: 1\n":               "c.yaml:1: a list, want the name of an option",
	} {
		_, err := Read(strings.NewReader(text), "c.yaml", options())
		assert.EqualError(t, err, want, "%q", text)
	}
	_, err := Read(strings.NewReader("k: [1\n"), "c.yaml", options())
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "\n")
	_, err = Read(strings.NewReader(strings.Repeat("#", maxSize+1)), "c.yaml", options())
	assert.EqualError(t, err, "c.yaml: more than 1048576 bytes, want options in YAML")
	_, err = Read(failing{}, "c.yaml", options())
	assert.EqualError(t, err, "c.yaml: disk on fire")
}

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errors.New("disk on fire") }
func (failing) Write([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestWrite(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, Write(&b, []string{"trainclustering v1", "two\nlines"}, []Setting{
		{Name: "k", Values: []string{"16"}},
		{Name: "quiet", Values: []string{"false"}},
		{Name: "data", Values: []string{"no"}},
		{Name: "lr", Values: []string{"0.001"}},
		{Name: "hidden", Values: []string{"128,64"}},
		{Name: "loss-weight", Values: []string{"cluster=0.5"}},
	}, options()))
	assert.Equal(t, "# trainclustering v1\n# two lines\nk: 16\nquiet: false\ndata: \"no\"\nlr: 0.001\nhidden: 128,64\nloss-weight: [cluster=0.5]\n", b.String())
	require.NoError(t, Write(&b, nil, nil, nil))
	assert.EqualError(t, Write(&b, nil, []Setting{{Name: "x"}}, options()), `config: "x" is not an option`)
	assert.EqualError(t, Write(&b, nil, []Setting{{Name: "k"}}, options()), "config: k has 0 values, want one")
	assert.Error(t, Write(failing{}, nil, []Setting{{Name: "k", Values: []string{"1"}}}, options()))
}

func TestWrittenIsRead(t *testing.T) {
	odd := []string{"", " ", "yes", "null", "~", "1_000", "0x10", "2001-01-01", "*a", "&a", "!x", "a: b", "a #b", "- x", "'", `"`, "\\", "tab\t", "line\nline", "é名", "\u202e", "1e5", ".inf", "%x", "@x", "[", "{", "? x", "|", ">", "#"}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.SampledFrom(odd), rapid.StringMatching(`[ -~éß\t\n]{0,12}`))
		want := []Setting{
			{Name: "data", Values: []string{value.Draw(t, "data")}},
			{Name: "hidden", Values: []string{value.Draw(t, "hidden")}},
			{Name: "loss-weight", Values: rapid.SliceOfN(value, 0, 4).Draw(t, "many")},
		}
		var b bytes.Buffer
		require.NoError(t, Write(&b, []string{"c"}, want, options()))
		got, err := Read(&b, "c.yaml", options())
		require.NoError(t, err)
		for i := range got {
			require.ElementsMatch(t, want[i].Values, got[i].Values)
			require.Equal(t, want[i].Name, got[i].Name)
		}
		require.Len(t, got, len(want))
	})
}

func FuzzRead(f *testing.F) {
	f.Add("k: 1\n")
	f.Add("loss-weight: [a, b]\n---\n")
	f.Add("a: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Read(strings.NewReader(text), "c.yaml", options())
		if err != nil {
			if strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "c.yaml:") {
				t.Fatalf("error %q", err)
			}
			return
		}
		var b bytes.Buffer
		if err := Write(&b, nil, got, options()); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&b, "c.yaml", options())
		if err != nil || len(again) != len(got) {
			t.Fatalf("%v: %v, want %v", err, again, got)
		}
	})
}
