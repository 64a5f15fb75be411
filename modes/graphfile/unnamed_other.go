//go:build !linux

package graphfile

import (
	"errors"
	"os"
)

// unnamedFile errs: files without a name are Linux's.
func unnamedFile(string) (*os.File, error) { return nil, errors.ErrUnsupported }
