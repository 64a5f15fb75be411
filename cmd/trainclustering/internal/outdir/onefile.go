package outdir

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// CheckFile finds before the work what would keep wholefile.Write from writing
// a file.
func CheckFile(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("--out = %s is a directory, want a file", text.Quote(path))
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("--out = %s: %s: %w", text.Quote(path), dir, wholefile.Reason(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("--out = %s: %s is not a directory", text.Quote(path), dir)
	}
	if dir, err = wholefile.Folder(path); err == nil && dir != "" {
		return Writable(dir)
	}
	if err == nil {
		err = mayWriteInto(path)
	}
	if err != nil {
		return fmt.Errorf("--out = %s: %w", text.Quote(path), wholefile.Reason(err))
	}
	return nil
}
