// Package kernels holds the numeric loops of graphpool on plain slices of
// float32 or float64. It knows nothing of expression graphs.
//
// # Conventions
//
// Matrices are row-major and contiguous. Every kernel writes every element of
// its output, whatever that contained before, and takes empty sizes. Arguments
// are trusted: shapes, patterns and indices are validated by the caller, the
// assembly checks nothing. Scratch memory comes from pools; a call allocates no
// more than a few hundred bytes once it has run before.
//
// # Goroutines
//
// Work is cut into blocks whose bounds depend on the sizes alone, and partial
// sums are added in a fixed order: a result has the same bits for every number
// of threads. [Blocks] hands the blocks to the calling goroutine and to a team
// that waits about a tenth of a millisecond for the next kernel before it goes
// to sleep. Work of less than some sixteen thousand elements stays with the
// caller.
//
// # Instruction sets
//
// Each routine exists three times: in plain Go, and in assembly for AVX2 with
// FMA and for AVX-512 (F, DQ, BW, VL), chosen when the program starts;
// GRAPHPOOL_CPU in the environment lowers the choice. The
// assembly is written by the module in gen from one description for both
// widths and both types; go generate repeats it. Other processors and the build
// tag purego get plain Go. Sparse products, sums, means and maxima of segments,
// gathers and scalings have the same bits everywhere; dense products, dot
// products and everything made of eˣ differ in the last places between
// instruction sets (TestTwinsSameBits, TestExponentials).
//
// # What bounds what
//
// Measured in float32 on two cores of a Zen 5 server with 1 MB of second cache
// each, which read 42 to 54 GB a second together (at times 85: the memory of a
// rented machine is not its own), in milliseconds on one and two goroutines,
// the least of 7 runs:
//
//	                                          one     two   bound by
//	SpMM 169,343 rows, 2.3M entries, n = 64   11.1    5.2   memory and third cache (random rows)
//	  n = 16                                   3.8    1.9   third cache
//	  n = 64, float64                         29.2   23.2   memory
//	sparse 19,717×500, 988k entries, · 500×64  1.1    0.57  second cache, 64 bytes a cycle
//	  its transpose · 19,717×64                1.0    0.53  first cache, 1.65 vectors a cycle
//	sparse 13,752×767, 3.7M entries, · 767×64  3.4    1.7   first cache
//	  its transpose · 13,752×64                3.7    1.9   first cache
//	13,752×767 · 767×64                        5.3    2.8   multiplication, 490 GFLOP/s on two
//	  its transpose · 13,752×64                6.0    3.2   multiplication
//	169,343×128 · 128×64                      11.3    5.6   multiplication
//	  its transpose · 169,343×64              14.3    6.9   multiplication
//	Gram matrix of 169,343×40                  2.7    1.4   multiplication
//	row softmax 169,343×16                     0.86   0.38  exponentials, memory
//	  its gradient                             0.38   0.18  third cache
//	SELU of 169,343×64                         1.4    1.4   memory
//	  its gradient                             2.2    2.1   memory
//	segment sum 1,000,000×64 into 100,000      7.6    6.3   memory
//	  its gradient                             6.3    6.5   memory
//	segment softmax 1,000,000×16, sorted       5.6    3.1   memory
//	  unsorted                                13.9    6.7   memory (random rows), sorting of ids
//	segment maximum, forward                   7.5    6.6   memory
//	  its gradient                            13.9   10.9   memory
//	top-k, half of 1000 segments of 1000       7.8    4.0   selection, 8 ns a row
//	  of 100,000 segments of 10                4.1    2.3   selection
//	  of 128 segments of 40                    0.011  0.007 selection
//	Adam, 93,000 weights                       0.013  0.007 second cache
//
// The levers that mattered: an output row stays in registers while the entries
// of its sparse row are read, with rows of the dense factor asked for 16
// entries ahead, or 64 where it has more than 4 MB; what is read
// from end to end is asked for 4 KB ahead; large results are written past the
// caches; a goroutine takes neighbouring blocks (see lane); transposed products
// take 64 rows at a time and ask for the next 64, whose columns the processor
// cannot foresee; a product and a sum instead of one fused operation in sparse
// products, for a shorter chain; probabilities under e⁻⁴⁰ are 0, as denormal
// numbers slow everything after them down.
package kernels
