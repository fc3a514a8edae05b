package diagnostics

import (
	"fmt"

	"paconn-ls/internal/connector"
)

// The service takes definitions of up to 1 MB, but published connectors are a little larger than that. What is far beyond
// it cannot work.
var fileTooLarge = &Rule{
	Name: "file-too-large", Severity: Error,
	Check: func(p *Pass) {
		for _, f := range p.Connector.Files() {
			switch n := f.Content.Len(); {
			case f.Role.IsJSON() && f.TooLarge():
				p.ReportSpan(f, begin(f), fmt.Sprintf("the file has %d bytes, the service takes 1 MB; nothing else in it is checked", n))
			case f.Role == connector.Definition && n > megabyte:
				p.ReportSpan(f, begin(f), fmt.Sprintf("the definition has %d bytes, the service takes 1 MB (%d)", n, megabyte), AtMost(Warning))
			}
		}
	},
}
