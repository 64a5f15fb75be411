package options

import (
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// maxNumber is the largest number of an earlier cluster: tables are as long.
const maxNumber = 1 << 20

// Earlier is clusters whose numbers a result follows.
type Earlier struct {
	Cluster []int // of each node, −1: none
	Next    int   // the first number that the file does not have
}

// ReadEarlier reads the clusters of --align FILE. Nodes that the graph no longer
// has, and new ones, are told. Infomap's modules count from 1; here, as where
// we write them, from 0.
func ReadEarlier(o *Train, g *graphfile.Graph) (told []string, err error) {
	if o.AlignFile == "" {
		return nil, nil
	}
	f, err := assignment.Read(o.AlignFile)
	if err == nil {
		err = f.AtLevel(-1)
	}
	if err != nil {
		return nil, failure.Failedf("--align: %w", err)
	}
	m, err := f.MatchSome(g.Nodes, g.Names)
	if err != nil {
		return nil, failure.Failedf("--align: %w", err)
	}
	e := &Earlier{Cluster: m.Cluster, Next: m.Most + 1}
	if (f.Kind == assignment.Clu || f.Kind == assignment.Tree) && m.Names == nil {
		e.countFromZero()
	}
	switch {
	case e.Next == 0 || m.Missing == g.Nodes:
		return nil, failure.Failedf("--align = %s has a cluster of none of the graph's nodes", text.Quote(o.AlignFile))
	case e.Next > maxNumber:
		return nil, failure.Failedf("--align = %s has a cluster %d, want numbers up to %d", text.Quote(o.AlignFile), e.Next-1, maxNumber-1)
	}
	o.Earlier = e
	for _, s := range append(f.Said, m.Said...) {
		told = append(told, text.ShortName(o.AlignFile)+": "+s)
	}
	return told, nil
}

// countFromZero lowers numbers from 1 by one.
func (e *Earlier) countFromZero() {
	for _, c := range e.Cluster {
		if c == 0 {
			return
		}
	}
	for i, c := range e.Cluster {
		e.Cluster[i] = max(c-1, assignment.None)
	}
	e.Next--
}
