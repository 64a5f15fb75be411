package logs

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLinesForPeople(t *testing.T) {
	var b bytes.Buffer
	l := New(&b, Text)
	l.Info("epoch 1", "epoch", 1)
	l.Warn("few clusters")
	l.With("x", 1).WithGroup("g").Error("no such file", Hint, "did you mean a.csv?", "status", 1)
	assert.Equal(t, "epoch 1\ntrainclustering: few clusters\ntrainclustering: no such file\nhint: did you mean a.csv?\n", b.String())
}

func TestObjects(t *testing.T) {
	var b bytes.Buffer
	l := New(&b, JSON)
	l.Info("epoch 1", "epoch", 1, "loss", -.5)
	l.Error("two\nlines", Hint, "none", "status", 2)
	rows := strings.Split(strings.TrimSpace(b.String()), "\n")
	require.Len(t, rows, 2)
	var first, second map[string]any
	require.NoError(t, json.Unmarshal([]byte(rows[0]), &first))
	require.NoError(t, json.Unmarshal([]byte(rows[1]), &second))
	_, err := time.Parse(time.RFC3339Nano, first["time"].(string))
	require.NoError(t, err)
	delete(first, "time")
	delete(second, "time")
	assert.Equal(t, map[string]any{"level": "info", "message": "epoch 1", "epoch": 1., "loss": -.5}, first)
	assert.Equal(t, map[string]any{"level": "error", "message": "two\nlines", "hint": "none", "status": 2.}, second)
}

func TestFormatBeforeParsing(t *testing.T) {
	for args, want := range map[string]string{
		"": Text, "train --log-format json": JSON, "train --log-format=json --x": JSON, "-log-format json": JSON, "--log-format": Text,
		"--log-format xml": Text, "--log-format json --log-format text": Text, "train -- --log-format json": Text, "log-format json": Text,
	} {
		got, wrong := Format(strings.Fields(args))
		assert.Equal(t, want, got, args)
		assert.Equal(t, strings.Contains(args, "xml"), wrong == "xml", args)
	}
}
