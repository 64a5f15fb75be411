package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/completion"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/datasets"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/generate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/logs"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

func completionHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering completion: print a shell completion script",
		About: "SHELL is bash, zsh or fish. The script completes commands, flags, values of flags, and files. " +
			"It does not need bash-completion.",
		Usage: []string{"trainclustering completion SHELL"},
		Examples: []string{
			"source <(trainclustering completion bash)",
			"source <(trainclustering completion zsh)",
			"trainclustering completion fish | source",
		},
	}
}

// completionCommand is `completion`.
func (p *program) completionCommand() *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: "print a shell completion script",
		CustomHelpTemplate: completionHelp().At(p.width), HideHelpCommand: true,
		Action: func(_ context.Context, cmd *cli.Command) error {
			shell := cmd.Args().First()
			if cmd.Args().Len() != 1 || !slices.Contains(completion.Shells(), shell) {
				return failure.Usagef("completion %s, want one shell: %s", text.Quote(strings.Join(cmd.Args().Slice(), " ")),
					text.List(completion.Shells(), "or"))
			}
			_, err := p.stdout.Write([]byte(completion.Script(shell)))
			return err
		},
	}
}

// completed answers a shell that completes a line; it tells whether one asked.
func (p *program) completed(args []string) (bool, error) {
	if len(args) < 3 || args[1] != completion.Request {
		return false, nil
	}
	return true, p.commandTree().Answer(p.stdout, args[2], args[3:])
}

// commandTree is what may be typed: the commands, their flags and values.
func (p *program) commandTree() completion.Command {
	words := flagWords()
	stored := storeWords(words, words["format"])
	file := completion.Values{Kind: completion.Files}
	command := func(name string, arguments completion.Values, groups []flags.Group) completion.Command {
		return completion.Command{Name: name, Flags: completedFlags(groups, words), Arguments: arguments}
	}
	of := func(all []string) completion.Values { return completion.Values{Kind: completion.Words, Words: all} }
	kinds := command("generate", completion.Values{}, nil)
	for _, k := range generate.Kinds() {
		kinds.Commands = append(kinds.Commands, completion.Command{Name: k.Name, Flags: completedFlags(k.Flags, storeWords(words, []string{"npz", "shard"}))})
	}
	var sets []string
	for _, s := range datasets.Sets() {
		sets = append(sets, s.Name)
	}
	version := flags.Group{Rows: []flags.Row{{Name: "version", Kind: flags.NoValue, Text: "print the version alone"}}}
	root := command("trainclustering", completion.Values{}, []flags.Group{version})
	root.Commands = []completion.Command{
		command("train", completion.Values{}, options.Flags()), kinds, command("datasets", of(sets), datasetsFlags()),
		command("info", file, infoFlags()), command("convert", file, convertFlags()),
		{Name: "shard", Flags: completedFlags(shardFlags(), stored)},
		command("evaluate", file, evaluateFlags()),
		command("predict", completion.Values{}, predictFlags()), command("compare", completion.Values{}, compareFlags()),
		command("completion", of(completion.Shells()), nil), command("version", completion.Values{}, nil),
	}
	for i, c := range root.Commands {
		root.Commands[i].About = p.usageOf(c.Name)
	}
	return root
}

// usageOf is what a command is for.
func (p *program) usageOf(name string) string {
	for _, c := range p.app().Commands {
		if c.Name == name {
			return c.Usage
		}
	}
	return ""
}

// flagWords are the words that the values of flags may be, by the flag's name.
func flagWords() map[string][]string {
	var losses []string
	for _, m := range model.Methods() {
		losses = append(losses, m.LossNames()...)
	}
	slices.Sort(losses)
	return map[string][]string{
		"format": graphfile.Formats(), "from": graphfile.Formats(), "to": graphfile.Formats(),
		"header": {"yes", "no", "auto"}, "decimal": {"comma", "point"},
		"delimiter":     {"tab", "comma", "semicolon", "pipe", "colon", "blank"},
		"features-from": graphfile.FeatureKinds(), "formats": options.FormatNames(), "log-format": logs.Formats(),
		"preset": model.PresetNames(), "method": model.MethodNames(), "methods": model.MethodNames(), "encoder": model.EncoderNames(),
		"optimizer": model.OptimizerNames(), "schedule": model.ScheduleNames(),
		"k": {flags.Auto}, "hops": {flags.Auto}, "neighbours": {flags.Auto}, "memory-limit": {"none"},
		"refine": {"none", "moves", "multilevel"}, "connected": {"split", "reassign"}, "init": {"kmeans", "random"},
		"features-as": {"auto", "words", "numbers", "raw"}, "anneal": {"linear", "none"}, "dtype": {model.Float32, model.Float64},
		"order":       {asRead, locality},
		"loss-weight": slices.Compact(losses),
	}
}

// storeWords are words for a command that makes stores of files of some
// formats.
func storeWords(words map[string][]string, formats []string) map[string][]string {
	all := maps.Clone(words)
	all["format"], all["dtype"], all["hops"] = formats, sharding.Dtypes(), nil
	return all
}

// completedFlags are flags with the kinds of their values, as the help names
// them.
func completedFlags(groups []flags.Group, words map[string][]string) (all []completion.Flag) {
	for _, g := range append(groups[:len(groups):len(groups)], flags.Everywhere()) {
		for _, r := range g.Rows {
			f := completion.Flag{Name: r.Name, About: strings.ReplaceAll(r.Text, "{default}", r.Value), Many: r.Kind == flags.ManyValues}
			f.Words, f.Kind = words[r.Name], completion.Words
			switch {
			case r.Kind == flags.NoValue:
				f.Kind = completion.Nothing
			case r.Arg == "FILE" || r.Name == "init":
				f.Kind = completion.Files
			case r.Arg == "DIR":
				f.Kind = completion.Folders
			case strings.HasSuffix(r.Arg, "=V"):
				f.Kind = completion.Pairs
			case strings.Contains(r.Arg, ","):
				f.Kind = completion.List
			case f.Words == nil:
				f.Kind = completion.Text
			}
			all = append(all, f)
		}
	}
	return all
}
