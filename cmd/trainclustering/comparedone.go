package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/contest"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// trainings counts those that were done of a comparison, diverged or not.
type trainings struct {
	done, asked  int // of all methods
	fewest, most int // of a method
	seeds        int // asked of each method
}

// trainingsOf counts before the references join the runs.
func trainingsOf(o compareOptions, c *contest.Contest) trainings {
	t := trainings{done: len(c.Runs), asked: len(o.methods) * o.seeds, seeds: o.seeds}
	var of []int
	for _, method := range o.methods {
		n := 0
		for _, r := range c.Runs {
			if r.Method == method {
				n++
			}
		}
		of = append(of, n)
	}
	t.fewest, t.most = slices.Min(of), slices.Max(of)
	return t
}

// whole tells whether none is missing.
func (t trainings) whole() bool { return t.done == t.asked }

// ofAMethod is how many trainings of a method were done, of how many.
func (t trainings) ofAMethod() string {
	switch {
	case t.whole():
		return strconv.Itoa(t.seeds)
	case t.fewest == t.most:
		return fmt.Sprintf("%d of %d (interrupted)", t.most, t.seeds)
	}
	return fmt.Sprintf("%d to %d of %d (interrupted)", t.fewest, t.most, t.seeds)
}

// overSeeds says what the means are over.
func (t trainings) overSeeds() string {
	if t.whole() {
		return text.Plural(t.seeds, "seed")
	}
	return strings.Replace(t.ofAMethod(), " (", " seeds (", 1)
}
