package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// sayFailure says that a verb failed as paconn does, and below it what we know beyond that.
func (c *console) sayFailure(v commands.Verb, f *failure) {
	d := f.data
	switch {
	case d.Kind == "cancelled" && d.Message == "interrupted":
		return // paconn says nothing
	case d.Kind == "service" && d.Status >= http.StatusBadRequest:
		c.say("%s", bodyOf(d.Code, d.Said))
		c.say("ERROR: %d %s: %s for url: %s", d.Status, side(d.Status), http.StatusText(d.Status), report.Printable(d.URL))
		c.say("%s", f.text())
		return
	case d.Kind == "refused":
		c.say("%s", bodyOf(d.Code, d.Said))
		c.say("ERROR: 400 Client Error: Bad Request: the service refuses the definition")
		if d.RequestID != "" {
			c.say("  request id: %s", report.Printable(d.RequestID))
		}
		return
	}
	text := f.text()
	if words, ok := paconnsWords(v, f); ok {
		text = words + "\n" + text
	}
	c.say("ERROR: %s", text)
}

// paconnsVerdict tells what the service says of a definition as paconn does: all of it on standard error, and a failure
// only where the service refuses the definition.
func (c *console) paconnsVerdict(r commands.ValidateResult) error {
	switch {
	case r.Refused:
		c.say("%s", bodyOf(r.Code, r.Text))
		c.say("ERROR: 400 Client Error: Bad Request: the service refuses %s", report.Printable(r.Given))
		c.sayProblems(r.Problems)
		return &exit{code: paconnFailed}
	case r.Text != "":
		c.say("%s", shownLines(r.Text))
	default:
		c.say("%s validated successfully.", report.Printable(r.Given))
	}
	return nil
}

// paconnsWords are what paconn says of some failures; scripts may look for them.
func paconnsWords(v commands.Verb, f *failure) (words string, ok bool) {
	if problem, ok := commands.OfTokens(f.err); ok {
		return "Failed to load token files. (Inner Error: " + report.Printable(problem) + ")", true
	}
	switch {
	case f.data.Kind == "signIn" && v.Name == "login":
		return "Couldn't get authentication", true
	case f.data.Kind == "signIn":
		return "Access token invalid. Please login again.", true
	case f.data.Kind != "need":
		return "", false
	}
	switch f.data.Option {
	case "--api-prop":
		return "API Properties must be specified.", true
	case "--api-def":
		return "API Definition must be specified.", true
	case "--secret":
		return "Please provide OAuth2 client secret using the --secret argument.", true
	}
	return "", false
}

func side(status int) string {
	if status >= http.StatusInternalServerError {
		return "Server Error"
	}
	return "Client Error"
}

// bodyOf returns the answer of the service as paconn prints it: two spaces, everything beyond ASCII escaped.
func bodyOf(code, message string) string {
	body := map[string]map[string]string{"error": {"code": code, "message": message}}
	text, err := json.MarshalIndent(body, "", "  ")
	if err != nil {
		return "{}"
	}
	return ascii(string(text))
}

// ascii writes what is beyond ASCII in a JSON text as escapes.
func ascii(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			b.WriteString(`\u` + fmt.Sprintf("%04s", strconv.FormatInt(int64(r), 16)))
		}
	}
	return b.String()
}
