package ops

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// addSalt gives the op a salt where its node would have the hash of another
// node of the graph: the TapeMachine's compiler takes two nodes of one 32-bit
// hash for the same.
func (o *op) addSalt(in []*G.Node, out tensor.Shape) {
	for g := in[0].Graph(); ; o.salt++ {
		hash := o.nodeHash(in, out)
		free := true
		for _, n := range g.AllNodes() {
			if n.Hashcode() == hash && !o.makes(n, in) {
				free = false
				break
			}
		}
		if free {
			return
		}
	}
}

// nodeHash is the hash that Gorgonia will give the node of o over the inputs.
func (o *op) nodeHash(in []*G.Node, out tensor.Shape) uint32 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%v%v", o.types[len(o.types)-1], out)
	o.WriteHash(h)
	h.Write([]byte{byte(len(in))})
	for _, n := range in {
		_ = binary.Write(h, binary.LittleEndian, n.Hashcode()) // never fails
	}
	return h.Sum32()
}

// makes tells whether n is the node that o makes of the inputs.
func (o *op) makes(n *G.Node, in []*G.Node) bool {
	p, ok := n.Op().(*op)
	if !ok || p.name != o.name || p.attrs != o.attrs || p.salt != o.salt {
		return false
	}
	children := n.Graph().From(n.ID())
	for _, want := range in {
		if children == nil || !children.Next() || children.Node().ID() != want.ID() {
			return false
		}
	}
	return !children.Next()
}
