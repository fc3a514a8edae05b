package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

// What the service says before it lists what is wrong. The first and the code of certification are seen in public; the
// rest is made after them.
const (
	notValid       = "Specified swagger has the following errors: 'Definition is not valid. Error: '%s''."
	certified      = "Swagger certification succeeded with the following warnings: %s"
	notCertified   = "Swagger certification failed with the following errors: %s"
	notValidCode   = "InvalidApiSwagger"
	certifiedCode  = "SwaggerCertificationFailedWithErrors"
	certifiedQuery = "enableConnectorCertificationRules"
)

// validate answers 400 to a definition with errors, 200 with a text to one with warnings, and 200 with an empty text to
// one with neither.
func (s *Sandbox) validate(w http.ResponseWriter, c call) error {
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return err
	}
	if _, ok := parseObject(string(body)); !ok {
		return invalidContent("Unexpected character encountered while parsing value. Path '', line 0, position 0.")
	}
	certify := strings.EqualFold(c.URL.Query().Get(certifiedQuery), "true")
	if !certify {
		if err := sound(c, string(body)); err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, "")
		return nil
	}
	found := check(c.Context(), string(body), diagnostics.Certified)
	switch errors := lines(found, diagnostics.Error); {
	case errors != "":
		return refuse(http.StatusBadRequest, certifiedCode, notCertified, lines(found, diagnostics.Warning))
	case len(found) > 0 && lines(found, diagnostics.Warning) != "":
		writeJSON(w, http.StatusOK, fmt.Sprintf(certified, lines(found, diagnostics.Warning)))
	default:
		writeJSON(w, http.StatusOK, "")
	}
	return nil
}

// sound refuses a definition that has errors.
func sound(c call, definition string) error {
	if errors := lines(check(c.Context(), definition, diagnostics.Custom), diagnostics.Error); errors != "" {
		return refuse(http.StatusBadRequest, notValidCode, notValid, errors)
	}
	return nil
}

// check returns what our own rules say of a definition.
func check(ctx context.Context, definition string, profile diagnostics.Profile) []diagnostics.Diagnostic {
	file := connector.NewFile("/"+connector.DefinitionName, connector.Definition, definition)
	found := diagnostics.Check(ctx, connector.Of("/", file), diagnostics.Options{Profile: profile, Deep: true})
	var out []diagnostics.Diagnostic
	for _, d := range found {
		if d.File == file {
			out = append(out, d)
		}
	}
	return out
}

// lines writes what is at least so severe as the service writes it: each on a line of its own that begins with a
// break, the place without the slash that a pointer begins with.
func lines(found []diagnostics.Diagnostic, worst diagnostics.Severity) string {
	var b strings.Builder
	for _, d := range found {
		if d.Severity > worst {
			continue
		}
		word := "Error"
		if d.Severity == diagnostics.Warning {
			word = "Warning"
		}
		place := strings.TrimPrefix(pointer(d.File.Doc(), d.Span.Start), "/")
		if place != "" {
			place += " : "
		}
		fmt.Fprintf(&b, "\r\n%s : %s%s.", word, place, d.Message)
	}
	return b.String()
}

func pointer(doc *jsondoc.Doc, offset int) string {
	v := doc.At(offset)
	if !v.Exists() {
		return ""
	}
	return v.Pointer()
}
