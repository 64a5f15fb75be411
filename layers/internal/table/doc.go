// Package table drives every layer through the same demands, by one table with
// a row for each, and writes docs/layers.md from it. It is tests alone.
package table
