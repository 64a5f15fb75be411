package outdir

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ManifestName is the file that lists the others of a run.
const ManifestName = "manifest.json"

// program marks the manifests of this command.
const program = "trainclustering"

// manifest lists the files that a run wrote, itself left out. What it lists the
// next run may replace or remove; all else in the folder is foreign.
type manifest struct {
	Program string  `json:"program"`
	Files   []entry `json:"files"`
}

// entry is a file of a run.
type entry struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func (m manifest) write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(m)
}

// ownNames are the files of a folder that an earlier run wrote. names are all
// that a run may write: a folder of the time before manifests is known by its
// history, and then has only those.
func ownNames(dir string, names []string) []string {
	var own []string
	if m, ok := readManifest(dir); ok {
		own = append(m.names(), ManifestName)
	} else if firstLine(filepath.Join(dir, "history.csv"), "# trainclustering ") {
		own = slices.Clone(names)
	}
	if m, ok := readManifest(filepath.Join(dir, readyName)); ok { // a killed run had moved some
		own = append(own, m.names()...)
	}
	return own
}

// names are the files that the manifest lists.
func (m manifest) names() []string {
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	return names
}

// readManifest reads the manifest of an earlier run, if it is one: a manifest
// never reaches out of its folder.
func readManifest(dir string) (m manifest, ok bool) {
	f, err := os.Open(filepath.Join(dir, ManifestName))
	if err != nil {
		return m, false
	}
	defer func() { _ = f.Close() }() // only read
	if err := json.NewDecoder(io.LimitReader(f, 1<<20)).Decode(&m); err != nil || m.Program != program {
		return m, false
	}
	for _, e := range m.Files {
		if e.Name != filepath.Base(e.Name) || !filepath.IsLocal(e.Name) {
			return m, false
		}
	}
	return m, true
}

// firstLine tells whether a file begins with a text.
func firstLine(path, text string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	begin, err := bufio.NewReader(f).Peek(len(text))
	return err == nil && strings.HasPrefix(string(begin), text)
}
