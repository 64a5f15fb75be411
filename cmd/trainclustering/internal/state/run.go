package state

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// run is the content of RunFile.
type run struct {
	request

	// The search for k of --k auto.
	Tried  []outcome.Tried `json:"tried,omitempty"`  // so far
	Chosen int             `json:"chosen,omitempty"` // 0: not yet
}

// request is what has to be the same for a training to go on to the same bits.
type request struct {
	Version  string       `json:"version"`
	Graph    string       `json:"graph"` // a digest of what was read
	Config   model.Config `json:"config"`
	Restarts int          `json:"restarts"`
	KRange   []int        `json:"k_range,omitempty"` // of --k auto, before k is chosen; nil: k is given
}

// requestOf is the request of a training, before k is chosen.
func requestOf(o options.Train, graph string) request {
	r := request{Version: build.Version(), Graph: graph, Config: o.Config, Restarts: o.Restarts}
	if o.KAuto {
		r.KRange = o.KRange[:]
	}
	return r
}

// differs names the first thing in which two requests differ, "" for none.
func (r request) differs(want request) string {
	switch {
	case r.Graph != want.Graph:
		return "the graph is not the one it trained on"
	case !slices.Equal(r.KRange, want.KRange):
		return fmt.Sprintf("k was %s, is %s", r.k(), want.k())
	}
	a, b := reflect.ValueOf(r.Config), reflect.ValueOf(want.Config)
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			return fmt.Sprintf("%s was %v, is %v", a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	}
	switch {
	case r.Restarts != want.Restarts:
		return fmt.Sprintf("Restarts was %d, is %d", r.Restarts, want.Restarts)
	case r.Version != want.Version:
		return fmt.Sprintf("it is of version %s, this is %s", r.Version, want.Version)
	}
	return ""
}

// k is the number of clusters in words.
func (r request) k() string {
	if r.KRange == nil {
		return fmt.Sprint(r.Config.K)
	}
	return fmt.Sprintf("auto of %d-%d", r.KRange[0], r.KRange[1])
}

// read reads RunFile.
func (s *State) read() error {
	data, err := os.ReadFile(s.path(RunFile))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &s.run); err != nil {
		return fmt.Errorf("%s is damaged: %w", RunFile, err)
	}
	return nil
}

// write writes RunFile.
func (s *State) write() error {
	data, err := json.MarshalIndent(s.run, "", "  ")
	if err == nil {
		err = wholefile.Write(s.path(RunFile), wholefile.Bytes(data))
	}
	if err != nil {
		return failure.Failedf("--state = %s: %w", text.Quote(s.dir), wholefile.Reason(err))
	}
	return nil
}

// Tried is what the search for k tried so far.
func (s *State) Tried() []outcome.Tried {
	if s == nil {
		return nil
	}
	return slices.Clone(s.run.Tried)
}

// Try notes what one more k gave.
func (s *State) Try(t outcome.Tried) error {
	if s == nil {
		return nil
	}
	s.run.Tried = append(s.run.Tried, t)
	return s.write()
}

// Chosen is the k that was chosen, 0 for none yet.
func (s *State) Chosen() int {
	if s == nil {
		return 0
	}
	return s.run.Chosen
}

// Choose notes the k that was chosen, and what each gave.
func (s *State) Choose(k int, tried []outcome.Tried) error {
	if s == nil {
		return nil
	}
	s.run.Chosen, s.run.Tried = k, slices.Clone(tried)
	return s.write()
}
