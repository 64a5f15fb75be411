//go:build !race

package ops

// raced tells whether the race detector runs.
const raced = false
