package report

import (
	"bytes"
	"encoding/json"

	"paconn-ls/internal/source"
)

// Summary is the closing part of the JSON format.
type Summary struct {
	Errors      int `json:"errors"`
	Warnings    int `json:"warnings"`
	Information int `json:"information"`
	Hints       int `json:"hints"`
	Connectors  int `json:"connectors"` // that were checked
	Files       int `json:"files"`      // that they consist of
	Fixed       int `json:"fixed"`      // problems that were fixed
}

type jsonReport struct {
	Diagnostics []jsonProblem `json:"diagnostics"`
	Summary     Summary       `json:"summary"`
}

type jsonProblem struct {
	File     string        `json:"file"`
	Range    jsonRange     `json:"range"`
	Severity string        `json:"severity"`
	Code     string        `json:"code"`
	Source   string        `json:"source"`
	Message  string        `json:"message"`
	Related  []jsonRelated `json:"related"`
}

type jsonRelated struct {
	File    string    `json:"file"`
	Range   jsonRange `json:"range"`
	Message string    `json:"message"`
}

type jsonRange struct {
	Start jsonPosition `json:"start"`
	End   jsonPosition `json:"end"`
}

type jsonPosition struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

func jsonRangeOf(r Range) jsonRange { return jsonRange{jsonPositionOf(r.Start), jsonPositionOf(r.End)} }

func jsonPositionOf(p source.Position) jsonPosition { return jsonPosition{p.Line, p.Column} }

// JSON writes one object with the diagnostics and a summary. Positions are those of the Language Server Protocol: lines
// and characters from zero, characters in UTF-16 code units.
func JSON(problems []Problem, base string, s Summary) string {
	out := jsonReport{Diagnostics: []jsonProblem{}, Summary: s}
	for _, p := range problems {
		j := jsonProblem{
			File: Name(base, p.Path), Range: jsonRangeOf(p.Range), Severity: p.Severity.String(), Code: p.Rule,
			Source: p.Source, Message: p.Message, Related: []jsonRelated{},
		}
		for _, r := range p.Related {
			j.Related = append(j.Related, jsonRelated{Name(base, r.Path), jsonRangeOf(r.Range), r.Message})
		}
		out.Diagnostics = append(out.Diagnostics, j)
	}
	return encode(out)
}

// encode writes a value of this package as JSON; there is none that could not be written.
func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return PrintableJSON(b.String())
}
