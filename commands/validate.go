package commands

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
	"paconn-ls/powerapps"
)

// ValidateArgs says what to validate.
type ValidateArgs struct {
	Definition    string `json:"apiDefinition,omitempty" opt:"api-def,d" help:"the apiDefinition.swagger.json"`
	Certification bool   `json:"certification,omitempty" opt:"certification" help:"also apply the rules of the certification"`
	Where
}

// ValidateResult is what the service says.
type ValidateResult struct {
	Definition string           `json:"apiDefinition"` // absolute
	Given      string           `json:"-"`             // as it was given
	Content    string           `json:"-"`             // of the file, as it was validated
	Refused    bool             `json:"refused"`
	Problems   []report.Problem `json:"-"` // the findings, in the same order
	Findings   []Finding        `json:"findings"`
	Text       string           `json:"text,omitempty"` // of the service, as it came
	Remark     string           `json:"-"`              // the text, where it says something that is no finding
	Code       string           `json:"code,omitempty"` // of a refusal
	RequestID  string           `json:"requestId,omitempty"`
}

// Finding is something that the service says of a definition.
type Finding struct {
	Severity string `json:"severity"` // error or warning
	Code     string `json:"code,omitempty"`
	Message  string `json:"message"`
	Pointer  string `json:"pointer,omitempty"` // "" when it could not be told what it is about
}

// serviceSource is the source of the problems that the service tells of.
const serviceSource = "paconn service"

// Validate has the service validate a definition, and puts what it says at its places in the file. The definition is the
// one that is given, or that of the settings file, or the one in the working folder; in the manner of paconn it has to be
// given, and the rules of the certification are always applied.
//
// Its errors are *CheckError when the file is no JSON object, so that nothing is sent; *NeedError, *ArgumentError and those
// of connecting; and *powerapps.Error when the service does not answer. A refusal is a result.
func Validate(ctx context.Context, env *Env, args ValidateArgs) (ValidateResult, error) {
	settings, err := env.settings(args.Settings)
	if err != nil {
		return ValidateResult{}, err
	}
	file, given, err := env.definition(settings, args.Definition)
	if err != nil {
		return ValidateResult{}, err
	}
	if err := wellFormed(file); err != nil {
		return ValidateResult{}, err
	}
	s, err := env.open(ctx, args.Where)
	if err != nil {
		return ValidateResult{}, err
	}
	rules := powerapps.WithoutCertification
	if args.Certification || env.Manner == Paconn {
		rules = powerapps.WithCertification
	}
	env.step("validating "+plain(given), 0, 1)
	verdict, err := s.Validate(ctx, []byte(strings.TrimPrefix(file.Content.String(), source.BOM)), rules)
	if err != nil {
		return ValidateResult{}, err
	}
	out := ValidateResult{
		Definition: file.Path, Given: given, Content: file.Content.String(),
		Refused: verdict.Refused, Text: verdict.Text, Code: verdict.Code, RequestID: verdict.RequestID,
	}
	out.Findings, out.Problems = findings(file, verdict)
	out.Remark = remark(verdict, out.Problems)
	return out, nil
}

// definition reads the definition that is meant, and returns the name that it goes by.
func (e *Env) definition(settings Settings, named string) (file *connector.File, given string, err error) {
	path := e.file(settings, option{"--api-def", named, "apiDefinition", settings.Definition})
	switch {
	case path == "" && e.Manner == Paconn:
		return nil, "", &NeedError{What: "apiDefinition", Option: "--api-def"}
	case path == "":
		path, given = e.Dir, "."
	case named != "" && path == e.path(named):
		given = named
	default:
		given = settings.Written.Definition
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		found := connector.Assemble(path, Disk{}).Definition()
		if found == nil || e.Manner == Paconn {
			return nil, "", noDefinitionIn(named, given)
		}
		path, given = found.Path, report.Name(e.Dir, found.Path)
	}
	if err := e.saved(path); err != nil {
		return nil, "", err
	}
	content, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) && e.Manner == Paconn {
		return nil, "", errors.New(paconnFileMissing + plain(given))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", &ArgumentError{plain(given), "there is no such file"}
	}
	if err != nil {
		return nil, "", err
	}
	return connector.NewFile(path, connector.Definition, content), given, nil
}

// noDefinitionIn says that a folder holds no definition: one that was named, or the working folder.
func noDefinitionIn(named, given string) error {
	if named == "" && given == "." {
		return &NeedError{What: "apiDefinition", Option: "--api-def", Hint: "there is no " + connector.DefinitionName + " in this folder"}
	}
	return &ArgumentError{plain(given), "there is no " + connector.DefinitionName + " in this folder"}
}

// wellFormed returns a *CheckError with the mistakes of a definition that is no JSON object.
func wellFormed(file *connector.File) error {
	if file.TooLarge() {
		return &ArgumentError{plain(file.Path), fmt.Sprintf("it is larger than %d MB; the service takes 1 MB", connector.MaxParsed>>20)}
	}
	var mistakes []diagnostics.Diagnostic
	add := func(span source.Span, message string) {
		mistakes = append(mistakes, diagnostics.Diagnostic{
			File: file, Span: span, Rule: "json-syntax", Severity: diagnostics.Error, Source: diagnostics.Source, Message: message,
		})
	}
	for _, mistake := range file.Doc().Errors() {
		add(mistake.Span, mistake.Message)
	}
	if root := file.Root(); len(mistakes) == 0 && !root.IsObject() {
		add(root.Name(), "the definition is "+root.Kind().String()+", but has to be an object")
	}
	if len(mistakes) > 0 {
		return &CheckError{Problems: report.Without(secretsIn(file), mistakes)}
	}
	return nil
}

// findings returns what a verdict says, at its places in the file, in the service's order.
func findings(file *connector.File, verdict powerapps.Verdict) ([]Finding, []report.Problem) {
	found, told := []Finding{}, []diagnostics.Diagnostic{}
	places := newPlacer(file)
	for _, s := range splitVerdict(verdict) {
		at := places.place(s)
		severity := diagnostics.Error
		if s.severity != "error" {
			severity = diagnostics.Warning
		}
		found = append(found, Finding{Severity: s.severity, Code: s.code, Message: at.message, Pointer: at.pointer})
		told = append(told, diagnostics.Diagnostic{
			File: file, Span: at.span, Rule: s.code, Severity: severity, Source: serviceSource, Message: at.message,
		})
	}
	return found, report.Without(secretsIn(file), told)
}

// secretsIn returns what of a file looks like a secret, whatever a configuration says of the rule: what is printed here
// ends up in logs.
func secretsIn(file *connector.File) []diagnostics.Diagnostic {
	only := diagnostics.Options{Rules: map[string]diagnostics.Severity{}, Most: math.MaxInt}
	for _, r := range diagnostics.All {
		if r.Name != report.SecretRule {
			only.Rules[r.Name] = diagnostics.Off
		}
	}
	return diagnostics.Check(context.Background(), connector.Of(filepath.Dir(file.Path), file), only)
}
