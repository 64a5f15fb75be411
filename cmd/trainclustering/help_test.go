package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/generate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

func TestHelpNamesEveryFlag(t *testing.T) {
	p, generate := &program{}, generate.Command(nil, nil, 0).Commands
	pages := map[string]*cli.Command{
		"train": p.trainCommand(), "generate sbm": generate[0],
		"convert": p.convertCommand(), "evaluate": p.evaluateCommand(), "generate lfr": generate[1], "generate ring": generate[2],
		"compare": p.compareCommand(), "predict": p.predictCommand(), "shard": p.shardCommand(),
	}
	for args, cmd := range pages {
		got := runWith(t.Context(), evenTrainer, append(strings.Fields(args), "--help")...)
		require.Zero(t, got.code)
		assert.Empty(t, got.stderr)
		for _, flag := range cmd.Flags {
			name := flag.Names()[0]
			part := regexp.MustCompile(`(?s)\n  --` + name + `[ =].*?(\n  --|\n\n|$)`).FindString(got.stdout)
			if assert.NotEmpty(t, part, "--%s is not on the page", name) {
				if text, is := flag.(*cli.StringFlag); is && text.Value != "" {
					assert.Regexp(t, `default\s+`+regexp.QuoteMeta(text.Value)+`\b`, part)
				}
			}
		}
	}
}

func TestHelpPages(t *testing.T) {
	for args, title := range map[string]string{
		"--help": "trainclustering: cluster", "-h": "trainclustering: cluster", "help": "trainclustering: cluster",
		"train --help": "trainclustering train:", "help train": "trainclustering train:",
		"generate --help": "trainclustering generate:", "generate sbm -h": "trainclustering generate sbm:",
		"convert --help": "trainclustering convert:", "evaluate --help": "trainclustering evaluate:",
		"predict --help": "trainclustering predict:", "version --help": "trainclustering version:",
		"compare --help":      "trainclustering compare:",
		"shard --help":        "trainclustering shard:",
		"generate lfr --help": "trainclustering generate lfr:", "generate ring --help": "trainclustering generate ring:",
	} {
		got := runWith(t.Context(), evenTrainer, strings.Fields(args)...)
		assert.Zero(t, got.code, args)
		assert.Empty(t, got.stderr, args)
		assert.True(t, strings.HasPrefix(got.stdout, title), "%s: %s", args, got.stdout)
		assert.LessOrEqual(t, longest(got.stdout), 80, args)
		assert.Contains(t, got.stdout, "Example")
	}
}

func TestVersionAndCompletion(t *testing.T) {
	got := runWith(t.Context(), evenTrainer, "--version")
	assert.Equal(t, ran{0, "trainclustering version " + build.Version() + "\n", ""}, got)
	for _, shell := range []string{"bash", "zsh", "fish"} {
		got := runWith(t.Context(), evenTrainer, "completion", shell)
		assert.Zero(t, got.code, shell)
		assert.NotEmpty(t, got.stdout, shell)
	}
	got = runWith(t.Context(), evenTrainer, "__complete", "bash", "train", "--method", "")
	assert.Equal(t, ran{0, strings.Join(model.MethodNames(), "\n") + "\n", ""}, got)
	got = runWith(t.Context(), evenTrainer, "__complete", "bash", "generate", "sbm", "--format", "")
	assert.Equal(t, ran{0, "npz\nshard\n", ""}, got)
	got = runWith(t.Context(), evenTrainer, "__complete", "bash", "shard", "--dtype", "")
	assert.Equal(t, ran{0, "float32\nbfloat16\n", ""}, got)
	got = runWith(t.Context(), evenTrainer, "__complete", "bash", "train", "--dr")
	assert.Equal(t, ran{0, "--dropout\n", ""}, got)
}
