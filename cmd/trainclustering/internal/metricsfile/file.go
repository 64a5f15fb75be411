// Package metricsfile is metrics.json: what a run measured, for programs to read.
// Its fields are described in docs/metrics.schema.json, a JSON schema against
// which a test validates what this package writes.
package metricsfile

import (
	"encoding/json"
	"io"
	"math"
)

// Format is the number of the layout; it grows when a field changes its meaning
// or goes, not when one is added.
const Format = 1

// Figure is a number that is null where it is not defined.
type Figure float64

// MarshalJSON writes NaN and the infinities, which JSON lacks, as null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(f))
}

// UnmarshalJSON reads null as NaN.
func (f *Figure) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*f = Figure(math.NaN())
		return nil
	}
	return json.Unmarshal(b, (*float64)(f))
}

// File is metrics.json. Pointers and nil slices are null: not known, or not
// asked for.
type File struct {
	Format  int    `json:"format"`
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Command string `json:"command"`

	Graph
	Training
	Clustering
	Runs

	References []Reference `json:"references"`
	Trained    *Scores     `json:"before_refinement"`
	Refinement *Refinement `json:"refinement"`
	Choice     *Choice     `json:"k_choice"`
	Dissolved  *Dissolved  `json:"dissolved"`
	Alignment  *Alignment  `json:"alignment"`
	Levels     []Level     `json:"levels"`
	Warnings   []string    `json:"warnings"`
	Complete   bool        `json:"complete"`
	Stopped    bool        `json:"stopped"`

	Seconds         float64 `json:"seconds"`
	FeatureSeconds  float64 `json:"feature_seconds"`
	StartSeconds    float64 `json:"start_seconds"`
	TrainSeconds    float64 `json:"train_seconds"`
	RefineSeconds   float64 `json:"refine_seconds"`
	SecondsPerEpoch Figure  `json:"seconds_per_epoch"`
	PeakRSS         *int64  `json:"peak_rss_bytes"`

	Timing []Timing `json:"timing"` // null without --timing
}

// Timing is what a part of the run took.
type Timing struct {
	Part    string  `json:"part"`
	Seconds float64 `json:"seconds"`
	Share   float64 `json:"share"` // of all parts
}

// Graph is what was clustered.
type Graph struct {
	Data     string   `json:"data"`
	Nodes    int      `json:"nodes"`
	Edges    int      `json:"edges"`
	Features int      `json:"features"`
	Classes  *int     `json:"classes"`
	Weighted bool     `json:"weighted"`
	Changes  []string `json:"changes"`
}

// Training is how it was clustered, and the losses at the end.
type Training struct {
	Preset      string            `json:"preset"`
	Method      string            `json:"method"`
	K           int               `json:"k"`
	Encoder     string            `json:"encoder"`
	Hidden      []int             `json:"hidden"`
	FeaturesAs  string            `json:"features_as"`
	Hops        *int              `json:"hops"`
	Neighbours  float64           `json:"neighbours"`
	Init        string            `json:"init"`
	Epochs      int               `json:"epochs"`
	EpochsAsked int               `json:"epochs_asked"`
	Patience    int               `json:"patience"`
	Clip        float64           `json:"clip"`
	Refine      string            `json:"refine"`
	Connected   string            `json:"connected"`
	MinSize     int               `json:"min_size"`
	LR          float64           `json:"lr"`
	Optimizer   string            `json:"optimizer"`
	Schedule    string            `json:"schedule"`
	WeightDecay float64           `json:"weight_decay"`
	Dropout     float64           `json:"dropout"`
	Anneal      string            `json:"anneal"`
	LossWeights map[string]Figure `json:"loss_weights"`
	Dtype       string            `json:"dtype"`
	Seed        uint64            `json:"seed"`
	FeatureSeed uint64            `json:"feature_seed"` // of the features of all restarts
	Threads     int               `json:"threads"`
	Losses      map[string]Figure `json:"losses"`
	Loss        Figure            `json:"loss"`
}

// Clustering is what the clusters are worth.
type Clustering struct {
	Clusters             int    `json:"clusters"`
	EffectiveClusters    Figure `json:"effective_clusters"`
	DisconnectedClusters int    `json:"disconnected_clusters"`

	Modularity      Figure `json:"modularity"`
	Coverage        Figure `json:"coverage"`
	Conductance     Figure `json:"conductance"`
	ConductanceMean Figure `json:"conductance_mean"`

	NMI                    Figure `json:"nmi"`
	AMI                    Figure `json:"ami"`
	ARI                    Figure `json:"ari"`
	Homogeneity            Figure `json:"homogeneity"`
	Completeness           Figure `json:"completeness"`
	VariationOfInformation Figure `json:"variation_of_information"`
	Accuracy               Figure `json:"accuracy"`
	F1                     Figure `json:"f1"`

	Parts []Part `json:"parts"`
}

// Part is one cluster.
type Part struct {
	Cluster     int    `json:"cluster"`
	Size        int    `json:"size"`
	Internal    Figure `json:"internal_weight"`
	Cut         Figure `json:"cut_weight"`
	Conductance Figure `json:"conductance"`
	Components  int    `json:"components"`
}

// Runs is how the restarts went and how they agree.
type Runs struct {
	Restarts     int        `json:"restarts"`
	Finished     int        `json:"restarts_finished"`
	Diverged     int        `json:"restarts_diverged"`
	KeptRestart  int        `json:"kept_restart"`
	KeptSeed     uint64     `json:"kept_seed"`
	Seeds        []uint64   `json:"restart_seeds"`
	Totals       []Figure   `json:"restart_losses"`
	Modularities []Figure   `json:"restart_modularities"`
	Agreement    *Agreement `json:"restart_agreement"`
}

// Agreement is the NMI of every two restarts.
type Agreement struct {
	Mean   Figure     `json:"mean"`
	Least  Figure     `json:"least"`
	Matrix [][]Figure `json:"matrix"`
}

// Scores is what other clusters of the same graph are worth.
type Scores struct {
	Clusters          int    `json:"clusters"`
	EffectiveClusters Figure `json:"effective_clusters"`
	Modularity        Figure `json:"modularity"`
	Conductance       Figure `json:"conductance"`
	ConductanceMean   Figure `json:"conductance_mean"`
	NMI               Figure `json:"nmi"`
	ARI               Figure `json:"ari"`
	Accuracy          Figure `json:"accuracy"`
	F1                Figure `json:"f1"`
}

// Reference is another clustering of the same graph; figures are means over its
// runs, and spreads their standard deviations, null for one run.
type Reference struct {
	Name              string  `json:"name"`
	Runs              int     `json:"runs"`
	Clusters          Figure  `json:"clusters"`
	EffectiveClusters Figure  `json:"effective_clusters"`
	Modularity        Figure  `json:"modularity"`
	Conductance       Figure  `json:"conductance"`
	ConductanceMean   Figure  `json:"conductance_mean"`
	NMI               Figure  `json:"nmi"`
	ARI               Figure  `json:"ari"`
	Accuracy          Figure  `json:"accuracy"`
	F1                Figure  `json:"f1"`
	Spread            *Spread `json:"spread"`
}

// Spread is the standard deviations of a reference's figures.
type Spread struct {
	Modularity  Figure `json:"modularity"`
	Conductance Figure `json:"conductance"`
	NMI         Figure `json:"nmi"`
	ARI         Figure `json:"ari"`
}

// Refinement is what moving nodes at the end changed.
type Refinement struct {
	Moved            int    `json:"moved"`
	ModularityBefore Figure `json:"modularity_before"`
	ModularityAfter  Figure `json:"modularity_after"`
	ClustersBefore   int    `json:"clusters_before"`
	ClustersAfter    int    `json:"clusters_after"`
	Kept             bool   `json:"kept"`
}

// Choice is how k was chosen.
type Choice struct {
	Criterion string      `json:"criterion"`
	Tried     []Candidate `json:"tried"`
}

// Candidate is a k that was tried, with the means of its runs.
type Candidate struct {
	K          int    `json:"k"`
	Modularity Figure `json:"modularity"`
	Silhouette Figure `json:"silhouette"` // in the features; null where they are as they came
}

// Dissolved is what became of small clusters.
type Dissolved struct {
	Clusters int `json:"clusters"` // that joined others
	Left     int `json:"left"`     // small ones that no edge leaves
}

// Alignment is how the numbers of clusters follow an earlier clustering.
type Alignment struct {
	File    string `json:"file"`
	Nodes   int    `json:"nodes"`   // with a cluster in both
	Agree   int    `json:"agree"`   // of these, in the cluster that they were in
	Matched int    `json:"matched"` // clusters with the number of an earlier one
	New     int    `json:"new"`     // clusters with a number of their own
	Numbers []int  `json:"numbers"` // of the model's clusters, in its order
}

// Level is one level of a hierarchy, the finest first.
type Level struct {
	Asked      int    `json:"asked"`
	Clusters   int    `json:"clusters"`
	Modularity Figure `json:"modularity"`
	NMI        Figure `json:"nmi"`
}

// Write writes a JSON document, such as a [File], indented, with a line end.
func Write(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(document)
}
