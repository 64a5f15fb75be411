package outcome

import (
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/shard"
)

// storedNames gives the names of a store's nodes in their order, with one block
// of them in memory.
type storedNames struct {
	store  *shard.Store
	safe   bool // as text.SafeName
	block  int
	lo, hi int64
	names  []string
	err    error // the first
}

// at is the name of node i, of this block or of one behind it; "" after an
// error.
func (n *storedNames) at(i int) string {
	for n.err == nil && int64(i) >= n.hi && n.block < n.store.Blocks() {
		n.lo, n.hi = n.store.Rows(n.block)
		n.names, n.err = n.store.Names(n.block, n.names)
		n.block++
	}
	if n.err != nil || int64(i) < n.lo || int64(i) >= n.hi {
		return ""
	}
	name := n.names[int64(i)-n.lo]
	if n.safe {
		return text.SafeName(name)
	}
	return name
}
