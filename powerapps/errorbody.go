package powerapps

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"html"
	"regexp"
	"strings"
)

// maxMessage bounds the message of an error, in characters.
const maxMessage = 4000

// maxDepth bounds how often JSON in JSON is read.
const maxDepth = 8

// readError returns code and message of an answer that is an error: JSON in one of the service's spellings, JSON in a
// JSON text or inside a sentence, XML of the storage, an HTML page of something in between, plain text, or any of them cut
// short.
func readError(got reply) (code, message string) {
	code, message = readBody(got.body, maxDepth)
	return cmp.Or(code, got.header.Get("x-ms-error-code")), unescape(message)
}

// readBody reads an error's body; depth bounds how often JSON texts in it are read as JSON again.
func readBody(body []byte, depth int) (code, message string) {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\ufeff")))
	switch {
	case len(body) == 0:
		return "", ""
	case body[0] == '"' && depth > 0:
		var text string
		if json.Unmarshal(body, &text) == nil {
			return readBody([]byte(text), depth-1)
		}
		return "", strings.Trim(string(body), `"`)
	case body[0] == '{' || body[0] == '[':
		return readJSON(body, depth)
	case isHTML(body):
		return "", htmlTitle(body)
	case body[0] == '<':
		return readXML(body)
	}
	return "", string(body)
}

// readJSON reads an error that is a JSON object, or an array of them.
func readJSON(body []byte, depth int) (code, message string) {
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) > 0 && depth > 0 {
		return readBody(list[0], depth-1)
	}
	members := object(body)
	if members == nil {
		return cutText(body, cutCode), cutText(body, cutMessage)
	}
	if inner := members["error"]; depth > 0 && object(inner) != nil {
		return readJSON(inner, depth-1)
	}
	code, message = str(members["code"]), cmp.Or(str(members["message"]), str(members["error_description"]))
	if code == "" {
		code = str(members["error"])
	}
	if depth > 0 {
		var inner string
		inner, message = readInside(message, depth-1)
		code = cmp.Or(code, inner)
	}
	for _, more := range further(members, depth) {
		if !strings.Contains(message, more) {
			message = strings.TrimSpace(message + "\n" + more)
		}
	}
	return code, message
}

// further returns the messages that go with an error: of its details and of the errors inside.
func further(members map[string]json.RawMessage, depth int) []string {
	if depth == 0 {
		return nil
	}
	var parts []json.RawMessage
	_ = json.Unmarshal(members["details"], &parts)
	parts = append(parts, members["innererror"], members["messagedetail"])
	var out []string
	for _, part := range parts {
		if len(part) == 0 || string(part) == "null" {
			continue
		}
		if _, m := readBody(part, depth-1); m != "" {
			out = append(out, m)
		}
	}
	return out
}

// object returns the members of a JSON object by their names in lower case; nil when it is none.
func object(body []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return nil
	}
	out := make(map[string]json.RawMessage, len(members))
	for name, value := range members {
		out[strings.ToLower(name)] = value
	}
	return out
}

// str returns a JSON text or number as a text; "" for anything else.
func str(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		return number.String()
	}
	return ""
}

// readInside puts the message of an error in the place of its JSON in a sentence, which is how the service hands on what
// services behind it say: "failed with client error: '{"Code":"","Message":"…"}'".
func readInside(text string, depth int) (code, message string) {
	start := strings.IndexByte(text, '{')
	if start < 0 {
		return "", text
	}
	var inner json.RawMessage
	d := json.NewDecoder(strings.NewReader(text[start:]))
	if d.Decode(&inner) != nil {
		return "", text
	}
	code, message = readJSON(inner, depth)
	if message == "" {
		return "", text
	}
	return code, text[:start] + message + text[start+int(d.InputOffset()):]
}

var (
	cutCode    = regexp.MustCompile(`(?i)"code"\s*:\s*"((?:[^"\\]|\\.)*)`)
	cutMessage = regexp.MustCompile(`(?i)"message"\s*:\s*"((?:[^"\\]|\\.)*)`)
)

// cutText finds a member's text in JSON that is cut short or broken.
func cutText(body []byte, member *regexp.Regexp) string {
	found := member.FindSubmatch(body)
	if found == nil {
		return ""
	}
	var text string
	if json.Unmarshal([]byte(`"`+string(found[1])+`"`), &text) != nil {
		return string(found[1])
	}
	return text
}

// readXML reads an error of the storage.
func readXML(body []byte) (code, message string) {
	var e struct {
		Code, Message string
	}
	_ = xml.Unmarshal(body, &e)
	message, _, _ = strings.Cut(e.Message, "\nRequestId:")
	return e.Code, message
}

var (
	htmlStart = regexp.MustCompile(`(?is)^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|h1|center)\b`)
	title     = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title`)
	tags      = regexp.MustCompile(`(?s)<[^>]*>`)
)

func isHTML(body []byte) bool { return htmlStart.Match(body) }

// htmlTitle says what an HTML page calls itself.
func htmlTitle(body []byte) string {
	found := title.FindSubmatch(body)
	if found == nil {
		return "an HTML page"
	}
	text := strings.Join(strings.Fields(html.UnescapeString(string(tags.ReplaceAll(found[1], nil)))), " ")
	if text == "" {
		return "an HTML page"
	}
	return "an HTML page: " + text
}

var escaped = regexp.MustCompile(`\\r\\n|\\"|\\u[0-9a-fA-F]{4}(\\u[0-9a-fA-F]{4})*`)

// unescape undoes the escapes of JSON that some messages of the service still hold when they have been read as JSON.
func unescape(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(found string) string {
		var out string
		_ = json.Unmarshal([]byte(`"`+found+`"`), &out) // each match is valid
		return out
	})
}

// notJSON says why a body of success is not one whole JSON text; "" when it is.
func notJSON(body []byte) string {
	switch {
	case len(body) == 0:
		return "the answer is empty"
	case json.Valid(body):
		return ""
	case isHTML(body):
		return "the answer is " + htmlTitle(body)
	case body[0] == '{' || body[0] == '[' || body[0] == '"':
		return "the answer is cut short or damaged"
	}
	return "the answer is no JSON"
}
