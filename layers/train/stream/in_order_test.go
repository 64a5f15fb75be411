package stream

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Blocks that take long are told of in their turn, whatever the lanes; behind an
// error no block is told of, and a panic is the caller's.
func TestInOrder(t *testing.T) {
	square := func(_, b int) (int, error) {
		if b%7 == 0 {
			time.Sleep(time.Millisecond)
		}
		return b * b, nil
	}
	for _, lanes := range []int{1, 2, 5} {
		var told, want []int
		for b := 3; b < 60; b++ {
			want = append(want, b*b)
		}
		assert.NoError(t, inOrder(Blocks{3, 60}, lanes, square, func(b, x int) error {
			assert.Equal(t, b*b, x)
			told = append(told, x)
			return nil
		}))
		assert.Equal(t, want, told)

		broken := errors.New("block 20")
		told = nil
		err := inOrder(Blocks{0, 60}, lanes, func(lane, b int) (int, error) {
			if b == 20 || b == 22 {
				return 0, errors.Join(broken, errors.New("another"))
			}
			return square(lane, b)
		}, func(b, _ int) error {
			told = append(told, b)
			return nil
		})
		assert.ErrorIs(t, err, broken)
		assert.Len(t, told, 20)

		err = inOrder(Blocks{0, 60}, lanes, square, func(b, _ int) error {
			if b == 9 {
				return broken
			}
			assert.Less(t, b, 9)
			return nil
		})
		assert.ErrorIs(t, err, broken)

		assert.PanicsWithValue(t, "gone", func() {
			_ = inOrder(Blocks{0, 60}, lanes, func(_, b int) (int, error) {
				if b == 4 {
					panic("gone")
				}
				return b, nil
			}, func(int, int) error { return nil })
		})
	}
}
