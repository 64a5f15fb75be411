package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReason(t *testing.T) {
	denied := errors.New("denied")
	assert.Equal(t, denied, Reason(&fs.PathError{Op: "open", Path: "x", Err: denied}))
	assert.Equal(t, denied, Reason(&os.LinkError{Op: "rename", Old: "x", New: "y", Err: denied}))
	assert.Equal(t, denied, Reason(denied))
}
