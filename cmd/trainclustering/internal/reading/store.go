package reading

import (
	"fmt"
	"os"
	"path/filepath"
)

// storeMeta is the file by which the folder of a store is known.
const storeMeta = "meta.json"

// IsStore tells whether a path is the folder of a store.
func IsStore(path string) bool {
	info, err := os.Stat(filepath.Join(path, storeMeta))
	return path != "" && err == nil && info.Mode().IsRegular()
}

// refuseStore errs where a path is the folder of a store.
func refuseStore(path string) error {
	if !IsStore(path) {
		return nil
	}
	return fmt.Errorf("%s: is the folder of a store, want a graph file; only train, shard and info read stores", path)
}
