package diagnostics

import (
	"path/filepath"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

// fileName returns the name of a file without its folder.
func fileName(f *connector.File) string { return filepath.Base(f.Path) }

// begin returns the span to underline for what concerns a file as a whole: the first bracket of JSON, else nothing at the
// very start.
func begin(f *connector.File) source.Span {
	if f.Role.IsJSON() && f.Root().Exists() {
		return f.Root().Name()
	}
	return source.Span{}
}

// megabyte is the limit of the service for the definition, the script and the icon.
const megabyte = 1 << 20
