//go:build unix

package wholefile

import (
	"io/fs"
	"os"
	"syscall"
)

// keepUser gives f the user and group of another file, where this process may.
func keepUser(f *os.File, of fs.FileInfo) {
	if s, ok := of.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(s.Uid), int(s.Gid))
	}
}
