// Package stream trains graph clustering exactly, in full batch, on graphs that
// need not fit into memory: it reads a graph block by block, as from a
// modes/shard.Store.
//
// It serves losses that are functions of sums over nodes and edges
// ([github.com/graphpool/graphpool/losses.Sums]), and encoders that can do with
// features propagated beforehand, since Â(XW) = (ÂX)W
// ([github.com/graphpool/graphpool/layers.Propagated]). Then
//
//	∂L/∂θ = Σ_blocks ∂⟨G, sums of the block⟩/∂θ,  G = ∂L/∂sums
//
// and a step is two passes over the blocks: the first has S and the sums, the
// second the gradients. Nothing is sampled and nothing is left out: losses and
// gradients are those of a training in memory, but for the order of additions.
//
// Memory is S, nodes×K numbers, and one block for each thread; with Options.Keep
// blocks stay in memory as far as that goes, and are read once.
//
// # Other machines
//
// A [Model] has the passes, for any blocks, with plain values in and out; an
// [Objective] makes G of the sums, and a [Trainer] is both on one machine.
package stream
