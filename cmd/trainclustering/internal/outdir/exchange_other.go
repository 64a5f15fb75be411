//go:build !linux && !darwin

package outdir

import "errors"

// exchange is not known here.
func exchange(_, _ string) error { return errors.ErrUnsupported }
