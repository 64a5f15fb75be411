package endtoend

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryFlagFileAndStatus runs the rows through the built binary, and wants
// every flag that a page of help lists in a row of its command, every file that
// the docs name written, and every status that they name seen.
func TestEveryFlagFileAndStatus(t *testing.T) {
	dir := t.TempDir()
	for name, text := range handWritten() {
		write(t, dir, name, text)
	}
	given, codes := make(map[string][]string), make(map[int]bool)
	for _, r := range slices.Concat(preparation(), trainRows(), otherRows()) {
		given[r.command()] = append(given[r.command()], r.flags()...)
		codes[r.code] = true
		t.Run(r.args, func(t *testing.T) { r.run(t, dir) })
	}
	for command, flags := range flagsOfHelp(t) {
		for _, flag := range flags {
			assert.Contains(t, given[command], flag, "no row of %q has --%s", command, flag)
		}
	}
	written := filesUnder(t, dir)
	for _, name := range filesOfDocs(t) {
		assert.Contains(t, written, name, "no row writes it")
	}
	for _, signal := range signalled(t, dir) {
		codes[signal] = true
	}
	for _, code := range statusesOfDocs(t) {
		assert.True(t, codes[code], "no row ends with status %d", code)
	}
}

// commands are those that have a page of help; "" is the program itself.
func commands(t *testing.T) []string {
	t.Helper()
	all := []string{"", "generate sbm", "generate lfr", "generate ring"}
	page := done(t, ".", "--help").stdout
	_, list, found := strings.Cut(page, "\nCommands\n")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n\n")
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+)\b`).FindAllStringSubmatch(list, -1) {
		all = append(all, m[1])
	}
	require.Len(t, all, 15)
	return all
}

// flagsOfHelp are the flags that the pages of help list, by command.
func flagsOfHelp(t *testing.T) map[string][]string {
	t.Helper()
	all := make(map[string][]string)
	for _, command := range commands(t) {
		page := done(t, ".", command+" --help").stdout
		for _, m := range regexp.MustCompile(`(?m)^  --([a-z-]+)`).FindAllStringSubmatch(page, -1) {
			all[command] = append(all[command], m[1])
		}
	}
	return all
}

// docs is docs/trainclustering.md.
func docs(t *testing.T) string {
	t.Helper()
	return read(t, filepath.Join("..", "..", "..", "..", "docs"), "trainclustering.md")
}

// filesOfDocs are the names of files in the first cells of tables of the docs,
// those of --formats, and those that compare writes.
func filesOfDocs(t *testing.T) (all []string) {
	t.Helper()
	name := regexp.MustCompile("`([a-z]+\\.[a-z]+)`")
	for line := range strings.Lines(docs(t)) {
		cells := strings.Split(line, "|")
		switch {
		case len(cells) > 4 && strings.Contains(cells[2], "."): // formats, files, what they hold
			all = append(all, filesOfFormats(cells[1], cells[2])...)
		case len(cells) > 2:
			for _, m := range name.FindAllStringSubmatch(cells[1], -1) {
				all = append(all, m[1])
			}
		case strings.HasPrefix(line, "`--out DIR` gets"):
			for _, m := range name.FindAllStringSubmatch(line, -1) {
				all = append(all, m[1])
			}
		}
	}
	require.Contains(t, all, "assignments.clu")
	require.Contains(t, all, "coarse.png")
	require.Contains(t, all, "hierarchy.json")
	require.Contains(t, all, "runs.csv")
	return all
}

// filesOfFormats are the files of a row of formats: `name.…` is one a format.
func filesOfFormats(formats, files string) (all []string) {
	word := regexp.MustCompile("`([a-z.…]+)`")
	for _, f := range word.FindAllStringSubmatch(files, -1) {
		stem, open := strings.CutSuffix(f[1], "…")
		if !open {
			all = append(all, f[1])
			continue
		}
		for _, format := range word.FindAllStringSubmatch(formats, -1) {
			all = append(all, stem+format[1])
		}
	}
	return all
}

// statusesOfDocs are the numbers of the table of statuses.
func statusesOfDocs(t *testing.T) (all []int) {
	t.Helper()
	_, table, found := strings.Cut(docs(t), "| Status | Meaning |")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, m := range regexp.MustCompile(`\d+`).FindAllString(cells[1], -1) {
				n, err := strconv.Atoi(m)
				require.NoError(t, err)
				all = append(all, n)
			}
		}
	}
	require.Len(t, all, 6)
	return all
}

// filesUnder are the names, without folders, of the files in and below a folder.
func filesUnder(t *testing.T, dir string) (all []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && filepath.Dir(path) != dir { // those beside the folders were given
			all = append(all, filepath.Base(path))
		}
		return err
	}))
	return all
}

// TestDocsAndHelpNameTheSameFlags holds the table of flags in the docs to the
// pages of help, and every flag that the docs name to any of these pages.
// With UPDATE_DOCS=1 it writes the table.
func TestDocsAndHelpNameTheSameFlags(t *testing.T) {
	help := flagsOfHelp(t)
	var table strings.Builder
	table.WriteString("| Command | Flags |\n|---|---|\n")
	known := []string{"version", "help"}
	for _, command := range commands(t) {
		flags := slices.DeleteFunc(help[command], func(f string) bool { return f == "help" || f == "log-format" })
		known = append(known, append(flags, "log-format")...)
		if len(flags) > 0 {
			title := strings.TrimSpace("trainclustering " + command)
			table.WriteString("| `" + title + "` | `--" + strings.Join(flags, "`, `--") + "` |\n")
		}
	}
	text := docs(t)
	begin, end := "<!-- flags -->\n\n", "\n<!-- end of flags -->"
	before, rest, found := strings.Cut(text, begin)
	require.True(t, found)
	now, after, found := strings.Cut(rest, end)
	require.True(t, found)
	if os.Getenv("UPDATE_DOCS") != "" {
		write(t, filepath.Join("..", "..", "..", "..", "docs"), "trainclustering.md", before+begin+table.String()+end+after)
	} else {
		assert.Equal(t, table.String(), now, "UPDATE_DOCS=1 writes the table")
	}
	for _, m := range regexp.MustCompile("--([a-z]+(-[a-z]+)*)").FindAllStringSubmatch(before+after, -1) {
		assert.Contains(t, known, m[1], "docs name it")
	}
}
