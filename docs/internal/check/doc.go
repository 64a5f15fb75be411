// Package check holds the tests of docs/architecture.md: that no package
// imports upwards, and that the files and tests it names exist.
package check
