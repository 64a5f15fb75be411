// Package check holds the tests of the pages: that no package imports upwards,
// as docs/architecture.md says, and that the files, tests, names and links of
// pages exist.
package check
