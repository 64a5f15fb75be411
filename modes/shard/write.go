package shard

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
)

// Write makes the store dir of what source gives. The folder appears whole, by
// one rename, or not at all: what is not finished stands beside it as
// .NAME.unfinished, which the next Write of this store removes.
//
// Memory is that of the rows of one block as the source gives them, 8 bytes a
// node, and Options.Memory where features are propagated. Weights are kept as
// float32, as the readers of files give them.
//
// Errors: dir is there and not an empty folder; another process writes it; an
// option out of range; a source that does not give what it says, an A that is
// not symmetric, a value that is not a finite number or beyond the largest
// bfloat16; those of the file system; the context's.
func Write(ctx context.Context, dir string, source Source, o Options) error {
	o, err := o.filled()
	if err != nil {
		return err
	}
	if err := source.check(); err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	st, err := newStage(dir)
	if err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	w := &writer{ctx: ctx, dir: st.dir, src: source, o: o}
	if err := w.write(); err != nil {
		return errors.Join(fmt.Errorf("shard: %w", err), st.drop())
	}
	if err := st.finish(); err != nil {
		return errors.Join(fmt.Errorf("shard: %w", err), st.drop())
	}
	return nil
}

// writer writes the files of one store.
type writer struct {
	ctx    context.Context
	dir    string
	src    Source
	o      Options
	meta   Meta
	blocks []blockStart
	factor []float64 // of each node its degree, then (loop + degree)^-½, where features are propagated
}

func (w *writer) write() error {
	w.meta = Meta{
		Version: Version, Nodes: w.src.Nodes, Features: w.src.Features, Propagated: w.o.Hops,
		Block: w.o.Block, MaxEntries: w.o.MaxEntries, Dtype: w.o.Dtype, Weighted: w.src.Weighted,
		Labels: w.src.Labels != nil, Ordered: w.src.Order != nil, Named: w.src.Names != nil,
		Classes: w.src.Classes, Files: map[string]FileSum{},
	}
	if w.meta.Features == 0 {
		w.meta.Propagated = 0
	}
	for _, step := range []func() error{w.edges, w.features, w.labels, w.order, w.names, w.starts, w.finish} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// file writes a file of the store by fill.
func (w *writer) file(name string, fill func(f *blockWriter) error) error {
	f, err := newBlockWriter(w.dir, name)
	if err != nil {
		return err
	}
	if err := fill(f); err != nil {
		_ = f.f.Close() // the folder goes; one error says why
		return err
	}
	sum, err := f.close()
	if err != nil {
		return err
	}
	w.meta.Files[name] = sum
	return nil
}

// eachBlock calls f for the rows of each block, and tells the progress.
func (w *writer) eachBlock(stage string, f func(b int, lo, hi int64) error) error {
	for b := range len(w.blocks) - 1 {
		if w.ctx.Err() != nil {
			return context.Cause(w.ctx)
		}
		if err := f(b, w.blocks[b].row, w.blocks[b+1].row); err != nil {
			return err
		}
		w.o.Progress(stage, float64(b+1)/float64(len(w.blocks)-1))
	}
	return nil
}

// starts writes where the blocks begin.
func (w *writer) starts() error {
	var all []int64
	for _, b := range w.blocks {
		all = append(all, b.row, b.entry, b.name)
	}
	return w.file(blocksName, func(f *blockWriter) error { return f.block(stored(all)) })
}

// finish writes meta.json.
func (w *writer) finish() error {
	b, err := w.meta.encode()
	if err != nil {
		return err
	}
	path := filepath.Join(w.dir, metaName)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return pathError(path, err)
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return pathError(path, err)
	}
	return nil
}

// partialEdges is the store as far as it is written: its edges can be read.
func (w *writer) partialEdges() (*Store, error) {
	s := &Store{dir: w.dir, meta: w.meta, blocks: w.blocks, valid: make([]atomic.Bool, len(w.blocks)-1), files: map[string]*blockReader{}}
	for _, name := range []string{rowsName, columnsName, weightsName} {
		is, ok := w.meta.Files[name]
		if !ok {
			continue
		}
		f, err := openBlocks(w.dir, name, is, s.Blocks())
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		s.files[name] = f
	}
	return s, nil
}
