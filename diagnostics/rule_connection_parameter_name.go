package diagnostics

import (
	"fmt"
	"regexp"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// parameterName is the form of the published schema, with a part of its own for what belongs to a sign-in, such as
// token:TenantId.
var parameterName = regexp.MustCompile(`^[0-9A-Za-z_]+(:[0-9A-Za-z_]+)?$`)

var connectionParameterName = &Rule{
	Name: "connection-parameter-name", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.connectionParameters() {
			name := v.Key()
			if v.Broken() || parameterName.MatchString(name) {
				continue
			}
			if p.beyond(p.FileOf(v)) {
				continue
			}
			message, options := fmt.Sprintf("the name %q holds other characters than letters, digits and _", name), []Option{}
			if better := parameterNameOf(name); better != "" && !v.Parent().Get(better).Exists() {
				options = append(options, Suggest("Rename to "+better, renameParameter(p, v, better)...))
			}
			p.ReportKey(v, message, options...)
		}
	},
}

// parameterNameOf returns the name with _ for every other character; "" when nothing of it would be left.
func parameterNameOf(name string) string {
	better := strings.Map(func(r rune) rune {
		if r < 0x80 && isWordByte(byte(r)) {
			return r
		}
		return '_'
	}, strings.TrimSpace(name))
	if strings.Trim(better, "_") == "" {
		return ""
	}
	return better
}

// renameParameter returns the edits that give a connection parameter another name, in every expression that reads it too.
func renameParameter(p *Pass, v jsondoc.Value, name string) []source.Edit {
	edits := v.Rename(name)
	for r := range p.connectionReferences() {
		if r.Name == v.Key() {
			edits = append(edits, source.Edit{Span: r.span(), New: name})
		}
	}
	return edits
}
