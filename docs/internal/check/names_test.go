package check

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pages is the text of every page of the repository, by its path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".md") {
			return err
		}
		b, err := os.ReadFile(path)
		all[path] = string(b)
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}

// Every exported name that a page gives with its package, as in ops.Full,
// exists.
func TestNamesInPagesExist(t *testing.T) {
	name := regexp.MustCompile(`\b(ops|modes|losses|layers)\.([A-Z]\w*)`)
	known := map[string]map[string]string{}
	for _, folder := range []string{"ops", "modes", "losses", "layers"} {
		known[folder] = exported(t, folder)
	}
	for path, text := range pages(t) {
		for _, m := range name.FindAllStringSubmatch(text, -1) {
			_, there := known[m[1]][m[2]]
			assert.True(t, there, "%s names %s, which does not exist", path, m[0])
		}
	}
}

// Every relative link of a page leads to a file, and to a heading where it names
// one.
func TestLinksOfPagesLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s:]+)\)`)
	all := pages(t)
	for path, text := range all {
		for _, m := range link.FindAllStringSubmatch(withoutCode(text), -1) {
			file, anchor, named := strings.Cut(m[1], "#")
			target := path
			if file != "" {
				target = filepath.Join(filepath.Dir(path), file)
				_, err := os.Stat(target)
				assert.NoError(t, err, "%s links to %s", path, m[1])
			}
			if named {
				assert.Contains(t, anchors(all[target]), anchor, "%s links to %s", path, m[1])
			}
		}
	}
}

// withoutCode is a page without blocks and words of code.
func withoutCode(text string) string {
	text = regexp.MustCompile("(?ms)^ *```.*?^ *```$").ReplaceAllString(text, "")
	return regexp.MustCompile("`[^`\n]*`").ReplaceAllString(text, "`")
}

// anchors is the names of a page's headings, as links give them.
func anchors(text string) []string {
	var names []string
	code := regexp.MustCompile("(?ms)^ *```.*?^ *```$")
	for _, h := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(code.ReplaceAllString(text, ""), -1) {
		kept := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(h[1]), "")
		names = append(names, strings.ReplaceAll(kept, " ", "-"))
	}
	return names
}

// Every layer that the README lists has a section in docs/layers.md.
func TestLayersOfTheReadmeHaveSections(t *testing.T) {
	all := pages(t)
	sections := anchors(all[filepath.Join(root, "docs/layers.md")])
	rows := regexp.MustCompile(`(?m)^\| (?:.* pooling|Pooling .*|Message passing|Other layers) \| (.*) \|$`).FindAllStringSubmatch(all[filepath.Join(root, "README.md")], -1)
	require.Len(t, rows, 6)
	for _, row := range rows {
		names := regexp.MustCompile(` \([^)]*\)`).ReplaceAllString(row[1], "")
		for name := range strings.SplitSeq(names, ", ") {
			assert.Contains(t, sections, strings.ToLower(name), "README.md lists %s", name)
		}
	}
}
