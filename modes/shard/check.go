package shard

import "context"

// CheckNodes reads what the store has of each node beside features and edges, its
// number, label and name, and errs where a file is damaged. It is for those who
// need them at the end of long work.
func (s *Store) CheckNodes(ctx context.Context) error {
	var labels []int32
	var order []int64
	var names []string
	for b := range s.Blocks() {
		err := ctx.Err()
		if err == nil && s.meta.Ordered {
			order, err = s.Order(b, order)
		}
		if err == nil && s.meta.Labels {
			labels, err = s.Labels(b, labels)
		}
		if err == nil && s.meta.Named {
			names, err = s.Names(b, names)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
