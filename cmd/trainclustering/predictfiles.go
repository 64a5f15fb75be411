package main

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/inputs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// trainedNote is what the file of a model says of its training, as far as a
// prediction needs it. Fields that it lacks are zero.
type trainedNote struct {
	Refine    string `json:"refine"`
	Connected string `json:"connected"`
	MinSize   int    `json:"minsize"`
	Seed      uint64 `json:"seed"`
	Numbers   []int  `json:"cluster_numbers"`

	Inputs inputs.Note `json:"inputs"`
}

// readNote takes what it knows out of the note: its own fields, or those of its
// field config.
func readNote(note json.RawMessage) trainedNote {
	var n struct {
		trainedNote
		Config *trainedNote `json:"config"`
	}
	if len(note) == 0 || json.Unmarshal(note, &n) != nil {
		return trainedNote{}
	}
	if slices.ContainsFunc(n.Numbers, func(c int) bool { return c < 0 || c > math.MaxInt32 }) {
		n.Numbers = nil
	}
	if !n.Inputs.Valid() {
		n.Inputs = inputs.Note{}
	}
	if n.Config != nil {
		n.Config.Numbers, n.Config.Inputs = n.Numbers, n.Inputs
		return *n.Config
	}
	return n.trainedNote
}

// checkPredictOut finds before the work what would keep the table from being
// written, and refuses to write over what is read.
func checkPredictOut(o predictOptions) error {
	if err := outdir.CheckFile("--out", o.out); err != nil {
		return err
	}
	out, err := os.Stat(o.out)
	if err != nil {
		return nil
	}
	for _, in := range []string{o.model, o.data, o.reading.Features, o.reading.Labels} {
		if info, err := os.Stat(in); err == nil && os.SameFile(info, out) {
			return failure.Usagef("--out = %s is a file to read, want another one to write", text.Quote(o.out))
		}
	}
	return nil
}

// withoutPackage drops the name of the package, and of the file, that an error of
// package cluster begins with.
func withoutPackage(err error, file string) string {
	s := err.Error()
	for _, prefix := range []string{"cluster: ", "load " + file + ": ", "param: ", "embed: ", "open " + file + ": ", file + ": "} {
		s = strings.TrimPrefix(s, prefix)
	}
	return s
}
