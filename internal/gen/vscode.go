package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/jsondoc"
)

// The files of the extension of VS Code that follow from the code.
const (
	manifestName = "editors/vscode/package.json"
	schemaName   = "editors/vscode/schema/paconn-ls.schema.json"
)

// profileHelp says what each profile is for.
var profileHelp = map[diagnostics.Profile]string{
	diagnostics.Custom:      "A private connector.",
	diagnostics.Certified:   "To be certified by Microsoft, from a verified publisher.",
	diagnostics.Independent: "To be certified by Microsoft, from an independent publisher.",
}

// severityNames are what a rule can be set to.
var severityNames = []string{"error", "warning", "information", "hint", "off"}

// manifest returns the extension's package.json with the settings of the server.
func manifest() (string, error) {
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(manifestName)))
	if err != nil {
		return "", err
	}
	doc := jsondoc.Parse(string(raw))
	properties := doc.Root().Get("contributes").Get("configuration").Get("properties")
	if !properties.IsObject() {
		return "", fmt.Errorf("%s has no contributes.configuration.properties", manifestName)
	}
	text, err := indented(settings(), "\t\t\t")
	if err != nil {
		return "", err
	}
	span := properties.Span()
	return string(raw[:span.Start]) + text + string(raw[span.End:]), nil
}

// settings are those of the server, in the order in which they are shown.
func settings() []member {
	return []member{
		{"paconn.profile", map[string]any{
			"type": "string", "default": string(diagnostics.Custom), "scope": "window", "order": 1,
			"enum": profiles(), "enumDescriptions": profileHelps(),
			"markdownDescription": "What connectors are meant for, where no `paconn-ls.json` says so.",
		}},
		{"paconn.rules", map[string]any{
			"type": "object", "default": map[string]any{}, "scope": "window", "order": 2, "additionalProperties": false,
			"properties":          rules(map[string]any{"type": "string", "enum": severityNames}),
			"markdownDescription": "The severity of rules, where no `paconn-ls.json` says so: `{\"unknown-key\": \"warning\", \"no-effect\": \"off\"}`.",
		}},
		{"paconn.environment", map[string]any{
			"type": "string", "default": "", "scope": "window", "order": 3,
			"markdownDescription": "The id or the name of the environment where no `settings.json` names one. Empty asks.",
		}},
		{"paconn.server.path", map[string]any{
			"type": "string", "default": "", "scope": "machine-overridable", "order": 4,
			"markdownDescription": "The program `paconn-ls`, as an absolute path; `~` is your home folder. Empty takes the one in the extension, then the one in `PATH`.",
		}},
		{"paconn.trace.server", map[string]any{
			"type": "string", "default": "off", "scope": "window", "order": 5, "enum": []string{"off", "messages", "verbose"},
			"markdownDescription": "What of the talk with the server is logged, when the log level of the output *Power Connector* is *Trace*.",
		}},
	}
}

// schema returns the JSON schema of paconn-ls.json. It offers and explains; what is wrong the server says.
func schema() (string, error) {
	value := func(enum any, helps any) map[string]any {
		return map[string]any{"anyOf": []any{map[string]any{"enum": enum, "markdownEnumDescriptions": helps}, map[string]any{}}}
	}
	profile := value(profiles(), profileHelps())
	profile["markdownDescription"] = "What the connector is meant for."
	text, err := indented([]member{
		{"$schema", "http://json-schema.org/draft-07/schema#"},
		{"title", "Configuration of paconn-ls"},
		{"description", "Stands beside a connector or in a folder above it; the nearest one holds."},
		{"type", "object"},
		{"properties", map[string]any{
			"profile": profile,
			"rules": map[string]any{
				"type":                "object",
				"markdownDescription": "The severity of rules: `{\"unknown-key\": \"warning\", \"no-effect\": \"off\"}`.",
				"properties": rules(value(severityNames, []string{
					"It stops create and update, and makes `check` fail.", "A defect that does harm.", "Worth knowing.", "Taste and style.", "It is not looked for."})),
			},
		}},
	}, "")
	return text + "\n", err
}

// rules returns a schema for each rule, with what the rule is about.
func rules(severity map[string]any) map[string]any {
	out := map[string]any{}
	for _, r := range diagnostics.All {
		one := map[string]any{"markdownDescription": fmt.Sprintf("%s\n\n*Usually:* %s", diagnostics.Summary(r.Name), r.Severity)}
		for k, v := range severity {
			one[k] = v
		}
		out[r.Name] = one
	}
	return out
}

func profiles() []string {
	var out []string
	for _, p := range diagnostics.Profiles {
		out = append(out, string(p))
	}
	return out
}

func profileHelps() []string {
	var out []string
	for _, p := range diagnostics.Profiles {
		out = append(out, profileHelp[p])
	}
	return out
}

// member is a member of an object whose order matters.
type member struct {
	name  string
	value any
}

// indented returns an object as JSON behind a line that begins with indent.
func indented(members []member, indent string) (string, error) {
	var b strings.Builder
	b.WriteString("{")
	for i, m := range members {
		if i > 0 {
			b.WriteString(",")
		}
		var value strings.Builder
		e := json.NewEncoder(&value)
		e.SetEscapeHTML(false)
		e.SetIndent(indent+"\t", "\t")
		if err := e.Encode(m.value); err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n%s\t%q: %s", indent, m.name, strings.TrimSpace(value.String()))
	}
	b.WriteString("\n" + indent + "}")
	return b.String(), nil
}
