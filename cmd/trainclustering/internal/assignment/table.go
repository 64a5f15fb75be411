package assignment

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Names that a header may give its columns, in lower case, the first that is
// there counts.
func nodeColumns() []string { return []string{"node", "name", "id", "node_id", "label", "vertex"} }

func clusterColumns() []string {
	return []string{"cluster", "community", "modularity_class", "membership", "module", "module_id", "group", "label", "class"}
}

func shareColumns() []string { return []string{"confidence", "share"} }

// columns are the places of a header's columns, −1 for none.
type columns struct{ node, cluster, share int }

// columnName is the name of a column or attribute as the lists above have it:
// Gephi writes "Modularity Class".
func columnName(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), " ", "_")
}

// columnsOf finds the columns in a header.
func columnsOf(header []string) columns {
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = columnName(strings.Trim(strings.TrimSpace(h), `"`))
	}
	find := func(wanted []string, taken int) int {
		for _, w := range wanted {
			if i := slices.Index(names, w); i >= 0 && i != taken {
				return i
			}
		}
		return -1
	}
	c := columns{cluster: find(clusterColumns(), -1)}
	c.node = find(nodeColumns(), c.cluster)
	c.share = find(shareColumns(), -1)
	return c
}

// namesColumns tells a header by its names.
func namesColumns(fields []string) bool {
	c := columnsOf(fields)
	return c.node >= 0 && c.cluster >= 0
}

// readTable reads a CSV or TSV with a header.
func (f *File) readTable(r io.Reader) error {
	in := &countingLines{r: bufio.NewReader(r)}
	c := csv.NewReader(in)
	c.Comment, c.FieldsPerRecord, c.ReuseRecord = '#', 0, true
	if f.comma != 0 {
		c.Comma = f.comma
	}
	if f.Kind == TSV {
		c.Comma, c.LazyQuotes = '\t', true
	}
	header, err := c.Read()
	if err != nil {
		return f.tableError(err)
	}
	header = slices.Clone(header)
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	at := columnsOf(header)
	if at.node < 0 || at.cluster < 0 {
		return failf(f.Name, 1, "header %s, want a column node and a column cluster", quote(strings.Join(header, ",")))
	}
	f.Said = append(f.Said, fmt.Sprintf("nodes from column %s, clusters from column %s", quote(header[at.node]), quote(header[at.cluster])))
	for {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f.tableError(err)
		}
		line, _ := c.FieldPos(0)
		row, err := f.record(fields, at, line)
		if err != nil {
			return err
		}
		if len(f.Rows) >= maxRows {
			return failf(f.Name, line, "more than %d nodes", maxRows)
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 {
		return failf(f.Name, 0, "has a header alone, want a row a node")
	}
	return nil
}

// record is one row of a table. Strings are copied: they are parts of the line.
func (f *File) record(fields []string, at columns, line int) (Row, error) {
	row := Row{
		Line: line, Share: -1,
		Node:    strings.Clone(fields[at.node]),
		Cluster: strings.Clone(strings.TrimSpace(fields[at.cluster])),
	}
	if at.share >= 0 {
		share := strings.TrimSpace(fields[at.share])
		if f.comma == ';' { // then numbers may have a decimal comma
			share = strings.Replace(share, ",", ".", 1)
		}
		v, err := strconv.ParseFloat(share, 64)
		if err != nil || !(v >= 0 && v <= 1) {
			return row, failf(f.Name, line, "confidence %s, want a number from 0 to 1", quote(fields[at.share]))
		}
		row.Share = v
	}
	return row, nil
}

// tableError words an error of encoding/csv.
func (f *File) tableError(err error) error {
	var p *csv.ParseError
	switch {
	case errors.As(err, &p) && errors.Is(p.Err, csv.ErrFieldCount):
		return failf(f.Name, p.Line, "another number of fields than the header has")
	case errors.As(err, &p):
		return failf(f.Name, p.Line, "%v", p.Err)
	case errors.Is(err, errLongLine):
		return failf(f.Name, 0, "a line of more than %d bytes", maxLine)
	case errors.Is(err, io.EOF):
		return failf(f.Name, 0, "has no header")
	}
	return failf(f.Name, 0, "cannot be read, the file may be cut off: %v", err)
}

var errLongLine = errors.New("line too long")

// countingLines fails where maxLine bytes have no line end, so that a quote that
// is never closed does not take the memory of the whole file.
type countingLines struct {
	r     io.Reader
	since int
}

// Read implements io.Reader.
func (c *countingLines) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if at := strings.LastIndexByte(string(p[:n]), '\n'); at >= 0 {
		c.since = n - at - 1
	} else {
		c.since += n
	}
	if c.since > maxLine {
		return n, errLongLine
	}
	return n, err
}
