package graphfile

import (
	"slices"
	"strings"
	"unicode"
)

// endpointPairs are words that tell the two ends of an edge apart in the names
// of columns: "from" and "to", FromNodeId and ToNodeId, user_1 and user_2. A
// pair that stands earlier is believed first.
var endpointPairs = [][2]string{
	{"source", "target"},
	{"source", "destination"},
	{"source", "dest"},
	{"src", "dst"},
	{"src", "dest"},
	{"src", "trg"},
	{"src", "tgt"},
	{"source", "sink"},
	{"from", "to"},
	{"citing", "cited"},
	{"head", "tail"},
	{"start", "end"},
	{"origin", "destination"},
	{"orig", "dest"},
	{"sender", "receiver"},
	{"sender", "recipient"},
	{"caller", "callee"},
	{"caller", "called"},
	{"follower", "followee"},
	{"follower", "followed"},
	{"follower", "following"},
	{"parent", "child"},
	{"subject", "object"},
	{"ego", "alter"},
	{"u", "v"},
	{"i", "j"},
	{"left", "right"},
	{"first", "second"},
	{"1", "2"},
	{"a", "b"},
	{"0", "1"},
	{"x", "y"},
	{"one", "two"},
	{"row", "col"},
	{"row", "column"},
	{"source", "cible"},
	{"von", "nach"},
	{"quelle", "ziel"},
	{"origen", "destino"},
	{"origine", "destination"},
	{"de", "vers"},
	{"node", "neighbor"},
	{"node", "neighbour"},
	{"user", "friend"},
	{"person", "friend"},
	{"tail", "tip"},
	{"in", "out"},
	{"referrer", "referee"},
	{"buyer", "seller"},
	{"trustor", "trustee"},
	{"truster", "trustee"},
	{"rater", "ratee"},
}

// weightNames are the names of columns of weights, the best one first.
var weightNames = []string{
	"weight", "weights", "edgeweight", "edgeweights", "linkweight", "combinedscore", "value", "values", "w", "wt", "wgt", "score", "strength",
	"count", "counts", "freq", "frequency", "similarity", "sim", "correlation", "numinteractions", "interactions", "occurrences", "cooccurrence",
	"multiplicity", "gewicht", "poids", "peso", "pesos",
}

// timeNames are the names of columns of times.
var timeNames = []string{
	"time", "timestamp", "timestamps", "unixts", "ts", "date", "datetime", "year", "epoch", "t", "created", "createdat", "timeset", "interval",
}

// indexNames are the names of columns that number the lines.
var indexNames = []string{
	"", "id", "index", "idx", "unnamed0", "unnamed", "row", "rowid", "rownames", "rowname", "edgeid", "edge", "eid", "linkid", "no", "nr", "n", "key", "rank",
}

// entityNames are common names of columns of nodes that form no pair of their
// own.
var entityNames = []string{
	"node", "user", "item", "person", "friend", "author", "coauthor", "paper", "actor", "movie", "film", "neighbor", "neighbour", "character",
	"customer", "product", "gene", "disease", "protein", "drug", "id", "name", "member", "club", "event", "company", "director", "hero", "comic",
	"student", "course", "page", "link", "word", "tag", "vertex", "station", "airport", "species", "reference", "citation",
}

// nameWords parts the name of a column into its words, in small letters:
// FromNodeId is from, node, id.
func nameWords(name string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, string(word))
		}
		word = word[:0]
	}
	before := rune(0)
	for _, r := range name {
		letter, digit := unicode.IsLetter(r), unicode.IsDigit(r)
		switch {
		case !letter && !digit:
			flush()
		case digit != unicode.IsDigit(before), unicode.IsUpper(r) && unicode.IsLower(before):
			flush()
			word = append(word, unicode.ToLower(r))
		default:
			word = append(word, unicode.ToLower(r))
		}
		before = r
	}
	flush()
	return words
}

// smooth is a name without what parts its words.
func smooth(name string) string { return strings.Join(nameWords(name), "") }

func oneOf(name string, names []string) bool { return slices.Contains(names, smooth(name)) }

// endpoints finds the columns of the two ends of an edge among names. ok is
// false where there are none; also is a third column that could be meant.
func endpoints(names []string) (src, dst, also int, ok bool) {
	words := make([][]string, len(names))
	for i, n := range names {
		if !digits(n) { // pandas numbers columns without names
			words[i] = nameWords(n)
		}
	}
	for _, pair := range endpointPairs {
		found := 0
		also = -1
		for i := range words {
			for j := range words {
				if !opposite(words[i], words[j], pair) {
					continue
				}
				if found++; found == 1 {
					src, dst = i, j
				} else if len(words[i])+len(words[j]) < len(words[src])+len(words[dst]) {
					src, dst, found, also = i, j, 1, -1 // plain "source" before "source_label"
				} else if len(words[i])+len(words[j]) == len(words[src])+len(words[dst]) {
					also = i
				}
			}
		}
		if found > 0 {
			return src, dst, also, true
		}
	}
	return 0, 0, -1, false
}

// opposite tells whether two names are the same but for one word, which is one
// end's in a and the other's in b.
func opposite(a, b []string, pair [2]string) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	differ := 0
	for k := range a {
		if a[k] == b[k] {
			continue
		}
		if differ++; a[k] != pair[0] || b[k] != pair[1] {
			return false
		}
	}
	return differ == 1
}

// weightColumn is the column of weights among names, −1 where there is none.
func weightColumn(names []string) int {
	for _, w := range weightNames {
		for i, n := range names {
			if smooth(n) == w {
				return i
			}
		}
	}
	return -1
}
