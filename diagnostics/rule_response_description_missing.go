package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var responseDescriptionMissing = &Rule{
	Name: "response-description-missing", Severity: Error,
	Check: func(p *Pass) {
		for v := range p.Objects("response") {
			text := jsondoc.Quote(responseText(v.Key()))
			switch description := v.Get("description"); {
			case lacks(v, "description"):
				p.ReportKey(v, fmt.Sprintf("response %q has no description", v.Key()), Suggest("Add a description", v.Insert("description", text)...))
			case description.IsString() && description.Text() == "":
				p.Report(description, fmt.Sprintf("the description of response %q is empty", v.Key()), AtMost(Information),
					Suggest("Change to "+text, description.Replace(text)...))
			}
		}
	},
}

var responseTexts = map[string]string{"201": "Created.", "202": "Accepted.", "204": "No content.", "400": "Bad request.", "401": "Unauthorized.",
	"403": "Forbidden.", "404": "Not found.", "409": "Conflict.", "429": "Too many requests.", "500": "Internal server error."}

// responseText is what a response may be described with when nothing but its code is known.
func responseText(code string) string {
	if text, ok := responseTexts[code]; ok {
		return text
	}
	if code == "default" || code != "" && code[0] >= '4' {
		return "The operation failed."
	}
	return "Success."
}
