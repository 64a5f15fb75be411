package state

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

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
		return fmt.Sprintf("--k was %s, is %s", r.k(), want.k())
	case r.Version != want.Version:
		return fmt.Sprintf("it is of version %s, this is %s", r.Version, want.Version)
	}
	names, was := r.settings()
	others, is := want.settings()
	for _, name := range append(names, others...) {
		if was[name] != is[name] {
			return fmt.Sprintf("--%s was %s, is %s", name, cmp.Or(was[name], "not given"), cmp.Or(is[name], "not given"))
		}
	}
	switch {
	case !slices.Equal(r.Config.Start, want.Config.Start):
		return "the clusters of --init are not those that it started from"
	case !reflect.DeepEqual(r.Config, want.Config):
		return "an option is not the same"
	}
	return ""
}

// settings is the options as the command line has them, by the names of the
// flags, which come in their order.
func (r request) settings() (names []string, values map[string]string) {
	values = map[string]string{}
	for _, s := range options.Settings(options.Train{Config: r.Config, Restarts: r.Restarts}) {
		names, values[s.Name] = append(names, s.Name), text.Quote(strings.Join(s.Values, ","))
	}
	return names, values
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
