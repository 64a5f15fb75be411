// Package matching has the ways of putting rows of a sparse matrix together that
// need no more than its pattern and a number an entry or a row. They know of no
// expression graph; package ops makes operations of them. ids is the segment of
// each row, −1 for none.
package matching
