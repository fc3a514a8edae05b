package report

import (
	"net/url"
	"path/filepath"
	"strings"

	"paconn-ls/diagnostics"
)

// The parts of SARIF 2.1.0 that are written. Source: docs.oasis-open.org/sarif/sarif/v2.1.0.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool                `json:"tool"`
		ColumnKind string                   `json:"columnKind"`
		BaseIDs    map[string]sarifArtifact `json:"originalUriBaseIds,omitempty"`
		Results    []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Short   sarifText   `json:"shortDescription"`
		Help    sarifText   `json:"help"`
		HelpURI string      `json:"helpUri"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

var sarifLevels = [...]string{
	diagnostics.Off: "none", diagnostics.Error: "error", diagnostics.Warning: "warning",
	diagnostics.Information: "note", diagnostics.Hint: "note",
}

// Tool says who writes a SARIF log.
type Tool struct {
	Version string
	Rules   []*diagnostics.Rule
	Options diagnostics.Options // the severities the rules ran with
}

// SARIF writes a SARIF 2.1.0 log with every rule and its page.
func SARIF(problems []Problem, base string, tool Tool) string {
	index := map[string]int{}
	driver := sarifDriver{
		Name: "paconn-ls", Version: tool.Version, Rules: []sarifRule{},
		InformationURI: strings.TrimSuffix(diagnostics.DocsURL, "blob/main/diagnostics/docs/"),
	}
	for i, r := range tool.Rules {
		index[r.Name] = i
		driver.Rules = append(driver.Rules, sarifRuleOf(r, tool.Options.Severity(r)))
	}
	run := sarifRun{Tool: sarifTool{driver}, ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.BaseIDs = map[string]sarifArtifact{sarifBase: {URI: fileURI(base) + "/"}}
	for _, p := range problems {
		i, ok := index[p.Rule]
		if !ok {
			i = -1
		}
		run.Results = append(run.Results, sarifResultOf(p, base, i))
	}
	return encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

const sarifBase = "SRCROOT"

func sarifRuleOf(r *diagnostics.Rule, s diagnostics.Severity) sarifRule {
	page, _ := diagnostics.Page(r.Name)
	summary := diagnostics.Summary(r.Name)
	return sarifRule{
		ID: r.Name, Short: sarifText{Text: summary}, Help: sarifText{Text: summary, Markdown: page},
		HelpURI: diagnostics.DocsURL + r.Name + ".md",
		Default: sarifConfig{Enabled: s != diagnostics.Off, Level: sarifLevels[s]},
	}
}

func sarifResultOf(p Problem, base string, rule int) sarifResult {
	out := sarifResult{
		RuleID: p.Rule, RuleIndex: rule, Level: sarifLevels[p.Severity], Message: sarifText{Text: p.Message},
		Locations: []sarifLocation{{Physical: sarifPlace(p.Path, base, p.Range)}},
	}
	for i, r := range p.Related {
		out.Related = append(out.Related, sarifLocation{
			ID: &i, Physical: sarifPlace(r.Path, base, r.Range), Message: &sarifText{Text: r.Message},
		})
	}
	return out
}

func sarifPlace(file, base string, r Range) sarifPhysical {
	artifact := sarifArtifact{URI: fileURI(file)}
	if rel, ok := below(base, file); ok {
		artifact = sarifArtifact{URI: (&url.URL{Path: rel}).String(), BaseID: sarifBase}
	}
	return sarifPhysical{artifact, sarifRegion{
		r.Start.Line + 1, r.Start.Column + 1, r.End.Line + 1, r.End.Column + 1,
	}}
}

// fileURI returns the file URI of an absolute path.
func fileURI(file string) string {
	slashed := filepath.ToSlash(file)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}
