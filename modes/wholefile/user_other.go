//go:build !unix

package wholefile

import (
	"io/fs"
	"os"
)

// keepUser does nothing here.
func keepUser(*os.File, fs.FileInfo) {}
