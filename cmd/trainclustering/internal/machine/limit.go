package machine

// MemoryLimit is the memory that this process may use, in bytes: the least of
// what the machine has, what its control groups allow and what the resource
// limits of the process allow. 0 is not known.
func MemoryLimit() int64 {
	least := int64(0)
	for _, limit := range memoryLimits() {
		if limit > 0 && (least == 0 || limit < least) {
			least = limit
		}
	}
	return least
}
