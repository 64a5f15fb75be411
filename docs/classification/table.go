package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// results is what is written.
type results struct {
	Began   string  `json:"began"`
	Host    string  `json:"host"`
	Folds   int     `json:"folds"`
	Setting setting `json:"setting"`
	Rows    []row   `json:"rows"`
}

// row is a model on a data set.
type row struct {
	Dataset    string    `json:"dataset"`
	Model      string    `json:"model"`
	Accuracy   []float64 `json:"accuracy"`   // of each fold, of the test part
	Validation []float64 `json:"validation"` // of the validation part
	Epochs     []int     `json:"epochs"`
	Seconds    []float64 `json:"seconds_an_epoch"`
	Padding    float64   `json:"padding"`
	Majority   float64   `json:"majority"`
	Peak       int64     `json:"peak_bytes"` // of the process; 0: not known
}

func (r *row) add(t tested) {
	r.Accuracy, r.Validation = append(r.Accuracy, t.accuracy), append(r.Validation, t.validation)
	r.Epochs, r.Seconds = append(r.Epochs, t.epochs), append(r.Seconds, t.seconds)
	r.Padding = max(r.Padding, t.padding)
}

// meanSD is the mean and the standard deviation (of n).
func meanSD(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(sd)
}

func (r row) line() string {
	mean, sd := meanSD(r.Accuracy)
	validation, _ := meanSD(r.Validation)
	seconds, _ := meanSD(r.Seconds)
	memory := "–"
	if r.Peak > 0 {
		memory = fmt.Sprintf("%.0f MB", float64(r.Peak)/1e6)
	}
	return fmt.Sprintf("| %s | %s | %.1f ± %.1f | %.1f | %s | %.1f | %.3f | %s | %.1f %% |", r.Dataset, r.Model,
		100*mean, 100*sd, 100*validation, published(r.Dataset, r.Model), 100*r.Majority, seconds, memory, 100*r.Padding)
}

const tableHead = `# Graph classification

<!-- Written by go run ./docs/classification. -->

Accuracy in per cent, mean ± standard deviation over %d of ten folds; the weights of each fold are those of the least cross entropy on the validation part, which is a tenth of the graphs that are not tested. Majority is the share of the largest class. A published figure has the number of its source below; it was found with other models, splits and searches, so it says what is usual and no more.

%s, begun %s. %s

| Data set | Pooling | Test | Validation | Published | Majority | Seconds an epoch | Peak memory | Padding |
|---|---|---|---|---|---|---|---|---|
`

func (r *results) write(out string) error {
	data, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(out+".json", append(data, '\n'), 0o644); err != nil {
		return err
	}
	set, err := json.Marshal(r.Setting)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, tableHead, r.Folds, r.Host, r.Began, "Setting: `"+string(set)+"`.")
	for _, row := range r.Rows {
		b.WriteString(row.line() + "\n")
	}
	b.WriteString("\n" + sources)
	return os.WriteFile(out+".md", []byte(b.String()), 0o644)
}

func host() string {
	return fmt.Sprintf("%s/%s, %d threads, %s", runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), runtime.Version())
}

// forget begins the peak of memory anew, where the system can.
func forget() {
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// peak is the most memory of the process since forget, 0 where it is not known.
func peak() int64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, text, ok := strings.Cut(string(data), "VmHWM:")
	fields := strings.Fields(text)
	if !ok || len(fields) == 0 {
		return 0
	}
	kilobytes, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes * 1024
}
