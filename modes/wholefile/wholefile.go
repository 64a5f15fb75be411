// Package wholefile writes files that appear whole or not at all: beside their
// place under another name, and then renamed.
package wholefile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Write lets fill write the file at path, through to the disk. Symbolic links
// stay and the file that they lead to is replaced; it keeps its mode and, where
// the system lets it, its user and group. A new file has the mode 0644 less the umask.
//
// What is there and is no plain file, such as a pipe or a terminal, is never
// replaced: fill writes into it, and what it wrote before an error stays.
//
// Errors of the file do not name it.
func Write(path string, fill func(io.Writer) error) error {
	return write(path, fill, true)
}

// Scratch is [Write] for a file that nobody reads after a crash of the system,
// which may lose it.
func Scratch(path string, fill func(io.Writer) error) error {
	return write(path, fill, false)
}

// Bytes fills a file with b.
func Bytes(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

func write(path string, fill func(io.Writer) error, sync bool) error {
	p, err := find(path)
	if err != nil {
		return err
	}
	if p.open {
		return p.writeInto(path, fill)
	}
	f, err := p.beside()
	if err != nil {
		return Reason(err)
	}
	err = reasonOf(f.Name(), buffered(f, fill))
	if err == nil && sync {
		err = Reason(f.Sync())
	}
	if err = errors.Join(err, Reason(f.Close())); err == nil {
		err = Reason(os.Rename(f.Name(), p.path))
	}
	if err != nil {
		return errors.Join(err, Reason(os.Remove(f.Name())))
	}
	if sync {
		syncFolder(filepath.Dir(p.path))
	}
	return nil
}

// beside makes the file that is to take the place, with the mode and the user
// of the one that is there.
func (p place) beside() (*os.File, error) {
	mode := fs.FileMode(0o644)
	if p.old != nil {
		mode = p.old.Mode().Perm()
	}
	name := filepath.Join(filepath.Dir(p.path), fmt.Sprintf(".%s.%x", filepath.Base(p.path), rand.Uint64()))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil || p.old == nil {
		return f, err
	}
	keepUser(f, p.old)
	if err := f.Chmod(mode); err != nil { // past the umask
		return nil, errors.Join(err, f.Close(), os.Remove(name))
	}
	return f, nil
}

// writeInto writes into what is at path. The process's own output is written
// where it stands, so that what it writes later follows.
func (p place) writeInto(path string, fill func(io.Writer) error) error {
	for _, std := range []*os.File{os.Stdout, os.Stderr} {
		if info, err := std.Stat(); err == nil && p.old != nil && os.SameFile(info, p.old) {
			return reasonOf(std.Name(), buffered(std, fill))
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return Reason(err)
	}
	return errors.Join(reasonOf(path, buffered(f, fill)), Reason(f.Close()))
}

func buffered(f io.Writer, fill func(io.Writer) error) error {
	b := bufio.NewWriterSize(f, 1<<16)
	if err := fill(b); err != nil {
		return err
	}
	return b.Flush()
}

// syncFolder brings the names of a folder to the disk, where the system can do
// that.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// Reason is an error of a file without the operation and the name.
func Reason(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

// reasonOf is the reason of an error of the file of a name; what fill tells of
// others stays.
func reasonOf(name string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) && p.Path != name {
		return err
	}
	return Reason(err)
}
