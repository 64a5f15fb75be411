package flags

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// UsageError rewords the faults that cli finds while it parses: one line each,
// and the nearest flag as the hint.
func UsageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	text := err.Error()
	if _, name, found := strings.Cut(text, "not defined: -"); found {
		return unknownFlag(cmd, strings.TrimLeft(name, "-"))
	}
	if _, name, found := strings.Cut(text, "needs an argument: "); found {
		return failure.Usagef("--%s needs a value", strings.TrimLeft(name, "-"))
	}
	if value, name, found := strings.Cut(text, " for flag -"); found {
		name, _, _ = strings.Cut(name, ":")
		return failure.Usagef("--%s = %s, want no value at all, or true or false", name,
			strings.Trim(strings.TrimPrefix(value, "invalid value "), `"`))
	}
	return failure.Usagef("%s", text)
}

// RewordHelpError rewords what cli returns past UsageError: the help of a command that
// does not exist.
func RewordHelpError(root *cli.Command, err error) error {
	var coder cli.ExitCoder
	if !errors.As(err, &coder) {
		return err
	}
	_, topic, found := strings.Cut(err.Error(), "No help topic for '")
	if !found {
		return failure.Usagef("%s", err.Error())
	}
	topic, _, _ = strings.Cut(topic, "'")
	return UnknownCommand(root, topic)
}

// unknownFlag hints at the nearest flag of the command or, on the way to a
// command, at the command that has it.
func unknownFlag(cmd *cli.Command, name string) error {
	f := failure.Usagef("unknown flag %s", dashed(name))
	var known []string
	for _, flag := range cmd.Flags {
		known = append(known, flag.Names()[0])
	}
	if hint := text.DidYouMean(name, "--", known); hint != "" {
		return f.WithHint("%s", hint)
	}
	for _, sub := range ownCommands(cmd) {
		for _, flag := range sub.Flags {
			if flag.Names()[0] == name {
				return f.WithHint("it belongs after %s: %s %s --%s", sub.Name, cmd.FullName(), sub.Name, name)
			}
		}
	}
	return f.WithHint("%s --help lists the flags", cmd.FullName())
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// UnknownCommand hints at the nearest command.
func UnknownCommand(cmd *cli.Command, typed string) error {
	var names []string
	for _, sub := range ownCommands(cmd) {
		names = append(names, sub.Name)
	}
	f := failure.Usagef("unknown command %s", text.Quote(typed))
	if hint := text.DidYouMean(typed, "", names); hint != "" {
		return f.WithHint("%s", hint)
	}
	return f.WithHint("%s --help lists the commands", cmd.FullName())
}

// ownCommands lists a command's commands without those that cli adds.
func ownCommands(cmd *cli.Command) []*cli.Command {
	return slices.DeleteFunc(slices.Clone(cmd.Commands), func(sub *cli.Command) bool {
		return sub.Name == "help" || sub.Name == "completion"
	})
}

// NoArguments refuses what is left beside the flags.
func NoArguments(cmd *cli.Command, flag string) error {
	if !cmd.Args().Present() {
		return nil
	}
	first := cmd.Args().First()
	f := failure.Usagef("unexpected argument %s", text.Quote(first))
	if !strings.HasPrefix(first, "-") {
		f.Hint = "files are named by a flag, as in " + flag + " " + text.Quote(first)
	}
	return f
}
