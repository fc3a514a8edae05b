package diagnostics

import (
	"errors"
	"io/fs"

	"paconn-ls/internal/source"
)

var fileUnreadable = &Rule{
	Name: "file-unreadable", Severity: Error,
	Check: func(p *Pass) {
		for _, f := range p.Connector.Files() {
			if f.Err != nil {
				p.ReportSpan(f, source.Span{}, "the file cannot be read: "+reason(f.Err))
			}
		}
	},
}

// reason returns why a file could not be read, without its path, which the diagnostic has already.
func reason(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}
