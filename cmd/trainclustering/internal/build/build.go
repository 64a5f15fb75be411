// Package build says of which version and commit the binary is.
package build

import "runtime/debug"

// fallbackVersion is what a build without a module version calls itself.
const fallbackVersion = "0.1.0-dev"

// Version returns the module's version where the binary was installed by it,
// else the fallback with the commit it was built from, where that is known.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return fallbackVersion
	}
	return versionOf(info)
}

func versionOf(info *debug.BuildInfo) string {
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return fallbackVersion + "+" + s.Value[:12]
		}
	}
	return fallbackVersion
}

// Commit is the commit of the binary, "" where that is not known.
func Commit() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return ""
}
