package outdir

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// CheckFile finds before the work what would keep wholefile.Write from writing
// a file, which the command line calls flag.
func CheckFile(flag, path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s = %s is a directory, want a file", flag, text.Quote(path))
	}
	if path != "" && os.IsPathSeparator(path[len(path)-1]) {
		return fmt.Errorf("%s = %s is the name of a directory, want a file", flag, text.Quote(path))
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("%s = %s: %s: %w", flag, text.Quote(path), dir, wholefile.Reason(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("%s = %s: %s is not a directory", flag, text.Quote(path), dir)
	}
	if dir, err = wholefile.Folder(path); err == nil && dir != "" {
		return writable(flag, dir)
	}
	if err == nil {
		err = mayWriteInto(path)
	}
	if err != nil {
		return fmt.Errorf("%s = %s: %w", flag, text.Quote(path), wholefile.Reason(err))
	}
	return nil
}
