// Package diagnostics is the linter: its rules, what they find in a connector, and the fixes they offer.
//
// A rule is a small file with a name, a severity for each profile and a function that looks at a Pass and reports. All is
// the list of rules; Check runs those that are switched on. The package does no IO and no rule depends on another's
// result, on order, or on the clock.
package diagnostics

import (
	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

// Severity says how bad a diagnostic is.
type Severity uint8

// The severities, the worst first. Off is no diagnostic at all.
const (
	Off Severity = iota
	Error
	Warning
	Information
	Hint
)

var severityNames = [...]string{"off", "error", "warning", "information", "hint"}

// String returns "error", "warning", "information", "hint" or "off".
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity returns the severity of that name; ok is false when there is none. "info" means information.
func ParseSeverity(name string) (s Severity, ok bool) {
	if name == "info" {
		return Information, true
	}
	for i, n := range severityNames {
		if n == name {
			return Severity(i), true
		}
	}
	return Off, false
}

// Tag tells an editor how to draw the place.
type Tag uint8

// The tags.
const (
	Unnecessary Tag = iota + 1 // drawn faded: nothing would change without it
	Deprecated                 // drawn struck out
)

// Diagnostic is one thing that is wrong at one place of one file.
type Diagnostic struct {
	File     *connector.File
	Span     source.Span // the smallest text that is wrong; may be empty where something is missing
	Rule     string      // the rule's name
	Severity Severity
	Message  string // lower case, no full stop: what is wrong, then what would be right
	Related  []Related
	Tags     []Tag
	Fixes    []Fix
	Source   string // who says so: "paconn"
}

// Source is what diagnostics name as their source.
const Source = "paconn"

// Related points at another place that has to do with a diagnostic.
type Related struct {
	File    *connector.File
	Span    source.Span
	Message string
}

// Fix mends a diagnostic by edits in the files of its connector.
type Fix struct {
	Title string // in the imperative: "Remove the comma"
	Edits []FileEdit
	Safe  bool // it keeps what the connector means: it may be applied without asking
}

// FileEdit is an edit in one file.
type FileEdit struct {
	File *connector.File
	source.Edit
}
