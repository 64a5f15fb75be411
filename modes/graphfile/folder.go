package graphfile

import "fmt"

// readFolder reads a data set that is a folder.
func readFolder(path string, _ Options) (*Graph, error) {
	return nil, fmt.Errorf("%s: is a folder, want a graph file", path)
}
