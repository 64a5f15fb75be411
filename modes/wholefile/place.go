package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// place is where a file goes.
type place struct {
	path string      // past symbolic links
	old  fs.FileInfo // what is there; nil: nothing
	open bool        // it is not to be replaced, but written into
}

// mostLinks is how many symbolic links may follow each other.
const mostLinks = 40

// find follows the symbolic links of path, also to a file that is not there.
func find(path string) (place, error) {
	p := place{path: path}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return p, errors.New("is a directory")
	case err == nil && info.Mode()&fs.ModeDevice != 0 && info.Mode()&fs.ModeCharDevice == 0:
		return p, errors.New("is a disk, want a file")
	case err == nil:
		p.old, p.open = info, !info.Mode().IsRegular()
	case !errors.Is(err, fs.ErrNotExist):
		return p, Reason(err)
	}
	for range mostLinks {
		dir := realFolder(p.path)
		p.open = p.open || p.old != nil && ofProcess(dir)
		target, err := os.Readlink(p.path)
		if err != nil || p.open {
			return p, nil // no link
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(dir, target)
		}
		p.path = target
	}
	return p, errors.New("too many symbolic links")
}

// realFolder is the folder of a path, from which its link goes on.
func realFolder(path string) string {
	dir := filepath.Dir(path)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// ofProcess tells whether the files of a folder are those that processes have
// open, as /dev/stdout is.
func ofProcess(dir string) bool {
	return dir == "/dev/fd" || strings.HasPrefix(dir, "/proc/")
}

// Folder is where [Write] makes the file of a path, past symbolic links; "" where
// it writes into what is there. It errs where Write cannot.
func Folder(path string) (string, error) {
	p, err := find(path)
	if err != nil || p.open {
		return "", err
	}
	return filepath.Dir(p.path), nil
}
