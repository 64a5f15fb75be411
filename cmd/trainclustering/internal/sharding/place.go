package sharding

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// CheckPlace errs where no store can be made in dir, the value of --out, before
// a graph is read for it.
func CheckPlace(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return failure.Failedf("--out = %s: the folder is there and not empty, want a new one", text.Quote(dir))
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return failure.Failedf("--out = %s: %w, want a new folder", text.Quote(dir), wholefile.Reason(err))
	}
	parent := filepath.Dir(filepath.Clean(dir))
	info, err := os.Stat(parent)
	if err != nil {
		return failure.Failedf("--out = %s: the folder %s: %w", text.Quote(dir), text.Quote(parent), wholefile.Reason(err))
	}
	if !info.IsDir() {
		return failure.Failedf("--out = %s: %s is a file, want a folder", text.Quote(dir), text.Quote(parent))
	}
	return nil
}
