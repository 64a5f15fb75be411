package assignment

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readJSON reads {"node": cluster, …}, [{"node": …, "cluster": …}, …],
// [cluster, …] or [[node, …], …], token by token; an object may have these under "assignments".
func readJSON(r io.Reader, name string) (*File, error) {
	in := bufio.NewReader(r)
	if b, err := in.Peek(3); err == nil && string(b) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	d := json.NewDecoder(in)
	d.UseNumber()
	f := &File{Name: name, Kind: JSON}
	if err := f.jsonValue(d); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return nil, failf(name, 0, "not whole JSON near byte %d: %v", d.InputOffset(), err)
		}
		return nil, failf(name, 0, "%v", err)
	}
	if len(f.Rows) == 0 {
		return nil, failf(name, 0, "has no nodes, want a cluster a node")
	}
	return f, nil
}

func (f *File) jsonValue(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('['):
		return f.jsonArray(d)
	case json.Delim('{'):
		return f.jsonObject(d)
	}
	return fmt.Errorf("%v, want an object of nodes and clusters or an array", t)
}

// jsonArray reads objects with node and cluster, clusters in order, or lists of
// nodes, a community each.
func (f *File) jsonArray(d *json.Decoder) error {
	communities := 0
	for d.More() {
		if len(f.Rows) >= maxRows {
			return fmt.Errorf("more than %d nodes", maxRows)
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if raw[0] == '[' {
			rows, err := jsonCommunity(raw, communities)
			if err != nil {
				return fmt.Errorf("community %d: %w", communities, err)
			}
			if len(f.Rows) > 0 && communities == 0 {
				return fmt.Errorf("entry %d: a list, want all entries lists of nodes or none", len(f.Rows))
			}
			f.Rows = append(f.Rows, rows...)
			communities++
			continue
		}
		if communities > 0 {
			return fmt.Errorf("entry %d: no list, want all entries lists of nodes or none", communities)
		}
		row, err := jsonRow(raw)
		if err != nil {
			return fmt.Errorf("entry %d: %w", len(f.Rows), err)
		}
		listed := raw[0] != '{'
		if len(f.Rows) > 0 && listed != f.listed {
			return fmt.Errorf("entry %d: want all entries with a node or none", len(f.Rows))
		}
		f.listed = listed
		f.Rows = append(f.Rows, row)
	}
	if communities > 0 {
		f.Said = append(f.Said, fmt.Sprintf("%d communities, each a list of its nodes", communities))
	}
	_, err := d.Token()
	return err
}

// jsonRow is one entry of an array.
func jsonRow(raw json.RawMessage) (Row, error) {
	if raw[0] != '{' {
		cluster, err := jsonScalar(raw)
		return Row{Cluster: cluster, Share: -1}, err
	}
	var entry map[string]json.RawMessage
	if err := json.Unmarshal(raw, &entry); err != nil {
		return Row{}, err
	}
	pick := func(names []string) json.RawMessage {
		for _, n := range names {
			if v, ok := entry[n]; ok {
				return v
			}
		}
		return nil
	}
	node, cluster := pick(nodeColumns()), pick(clusterColumns())
	if node == nil || cluster == nil {
		return Row{}, fmt.Errorf("%s, want a node and a cluster", quote(string(raw)))
	}
	row := Row{Share: -1}
	var err error
	if row.Node, err = jsonScalar(node); err != nil {
		return row, err
	}
	if row.Cluster, err = jsonScalar(cluster); err != nil {
		return row, err
	}
	if share := pick(shareColumns()); share != nil && string(share) != "null" {
		if err := json.Unmarshal(share, &row.Share); err != nil || !(row.Share >= 0 && row.Share <= 1) {
			return row, fmt.Errorf("confidence %s, want a number from 0 to 1", quote(string(share)))
		}
	}
	if string(node) == "null" {
		return row, errors.New("no node, want its name or number")
	}
	return row, nil
}

// jsonObject reads "node": cluster pairs, or what stands under "assignments".
func (f *File) jsonObject(d *json.Decoder) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if name == "assignments" && (raw[0] == '{' || raw[0] == '[') {
			f.Rows, f.listed = nil, false
			return f.jsonValue(newDecoder(raw))
		}
		cluster, err := jsonScalar(raw)
		if err != nil {
			return fmt.Errorf("node %s: %w", quote(name), err)
		}
		f.Rows = append(f.Rows, Row{Node: name, Cluster: cluster, Share: -1})
	}
	_, err := d.Token()
	return err
}

func newDecoder(raw json.RawMessage) *json.Decoder {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	return d
}

// jsonScalar is a text or number as written, "" for null.
func jsonScalar(raw json.RawMessage) (string, error) {
	var v any
	d := newDecoder(raw)
	if err := d.Decode(&v); err != nil {
		return "", err
	}
	switch x := v.(type) {
	case string:
		return x, nil
	case json.Number:
		return x.String(), nil
	case nil:
		return "", nil
	}
	return "", fmt.Errorf("%s, want a text or a number", quote(string(raw)))
}
