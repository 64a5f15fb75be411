// Package stream trains graph clustering exactly, in full batch, on graphs that
// need not fit into memory. It reads a graph block by block, for example from a
// modes/shard.Store.
//
// It works for losses that are functions of sums over nodes and edges
// ([github.com/graphpool/graphpool/losses.Sums]), and for encoders that can use
// features propagated beforehand, since Â(XW) = (ÂX)W
// ([github.com/graphpool/graphpool/layers.Propagated]). Then
//
//	∂L/∂θ = Σ_blocks ∂⟨G, sums of the block⟩/∂θ,  G = ∂L/∂sums
//
// and a step is two passes over the blocks: the first computes S and the sums,
// the second the gradients. Nothing is sampled and nothing is left out: losses
// and gradients equal those of training in memory, except for the order of
// additions.
//
// Memory holds S, nodes×K numbers, A·S of some blocks, and one block for each
// thread. Options.Keep keeps more: A·S of all blocks where a loss needs it twice,
// blocks, which are then read once, and what the first layer gives, which is then
// computed once an epoch.
//
// # Other machines
//
// A [Model] has the passes for any group of blocks, with plain values as input
// and output; an [Objective] computes G from the sums, and a [Trainer] combines
// both on one machine.
package stream
