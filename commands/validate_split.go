package commands

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"paconn-ls/internal/report"
	"paconn-ls/powerapps"
)

// saying is one thing that the service says of a definition.
type saying struct {
	severity string // error or warning
	code     string
	where    string // the place, in one of the service's spellings; "" when it is not told apart from the text
	text     string
}

// splitVerdict takes the text of a verdict apart. The service is known to write
//
//	Swagger certification failed with errors: \r\nError : info : The 'contact' property is required.\r\nWarning : …
//	Specified swagger has the following errors: 'Definition is not valid.  Error: 'Error : paths/~1a/get : …   ##   Error : …'
//	{"Errors": […], "Warnings": […]}
//
// (seen in PowerPlatformConnectors issues 254, 571, 790 and 3930 and in its pipelines). What stands before the first of
// several is a heading. Of a refusal that holds nothing of the kind, the whole text is one error.
func splitVerdict(v powerapps.Verdict) []saying {
	heading, found := splitText(v.Text, 4)
	var out []saying
	for _, s := range found {
		if s.code == "" && s.severity == "error" {
			s.code = v.Code
		}
		s.text = strings.Join(strings.Fields(s.text), " ")
		if s.text != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if !v.Refused || slices.ContainsFunc(out, func(s saying) bool { return s.severity == "error" }) {
		return out
	}
	if heading = strings.Join(strings.Fields(heading), " "); heading == "" {
		heading = "the service refuses the definition and does not say why"
	}
	return append([]saying{{severity: "error", code: v.Code, text: heading}}, out...)
}

// remark returns what the service says of a definition where nothing was found in it that has a place: in a sentence, or in
// JSON of another shape than is known. "" is nothing.
func remark(v powerapps.Verdict, found []report.Problem) string {
	if len(found) > 0 || saysNothing(v.Text) {
		return ""
	}
	return v.Text
}

// saysNothing reports whether a text is empty, or JSON in which everything is.
func saysNothing(text string) bool {
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return strings.TrimSpace(text) == ""
	}
	return isVoid(value)
}

func isVoid(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(value) == ""
	case []any:
		return !slices.ContainsFunc(value, func(element any) bool { return !isVoid(element) })
	case map[string]any:
		for _, member := range value {
			if !isVoid(member) {
				return false
			}
		}
		return true
	}
	return false
}

// splitText takes a text apart that may be JSON; depth bounds how often a text in JSON is taken for JSON again.
func splitText(text string, depth int) (heading string, found []saying) {
	text = strings.TrimSpace(text)
	if depth > 0 && text != "" && strings.ContainsRune(`{["`, rune(text[0])) {
		var value any
		if json.Unmarshal([]byte(text), &value) == nil {
			return splitJSON(value, "error", depth-1)
		}
	}
	return splitLines(text)
}

// marker is what begins an item of a text: "Error : ", "##[error]", or "Error: " at the start of a line.
var marker = regexp.MustCompile(`(?m)(?:^|[\s'"#])(Error|Warning)\s+:(?:\s|$)|##\[(error|warning)\]|^(Error|Warning):\s`)

// splitLines takes a text apart that is no JSON.
func splitLines(text string) (heading string, found []saying) {
	marks := marker.FindAllStringSubmatchIndex(text, -1)
	if len(marks) == 0 {
		return text, nil
	}
	heading = strings.TrimSpace(text[:marks[0][0]])
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		item := strings.TrimRight(text[m[1]:end], "# \t\r\n")
		if i+1 == len(marks) {
			item = withoutClosing(item, strings.Count(heading, "'"))
		}
		severity := "warning"
		for _, group := range []int{2, 4, 6} {
			if m[group] >= 0 && strings.EqualFold(text[m[group]:m[group+1]], "error") {
				severity = "error"
			}
		}
		found = append(found, saying{severity: severity, text: item})
	}
	return heading, found
}

// withoutClosing takes at most so many quotes off the end of a text as were opened before it. One that closes a word of
// the text itself stands directly behind that word.
func withoutClosing(text string, opened int) string {
	for range opened {
		rest, ok := strings.CutSuffix(strings.TrimRight(text, " \t\r\n"), "'")
		if !ok {
			rest, ok = strings.CutSuffix(strings.TrimRight(text, " \t\r\n"), "'.")
		}
		if !ok || rest == "" || !strings.ContainsAny(rest[len(rest)-1:], " \t\r\n.'") {
			break
		}
		text = rest
	}
	return strings.TrimRight(text, " \t\r\n")
}

// Names of the members that say the same in different answers, in lower case.
var (
	textNames  = []string{"message", "text", "description", "errormessage"}
	whereNames = []string{"valuepath", "jsonpointer", "pointer", "path", "location", "target"}
	codeNames  = []string{"rulename", "rule", "code", "errorcode"}
	levelNames = []string{"severity", "level", "type"}
)

// splitJSON takes JSON apart: lists of items by severity, an item, or an error around one of these.
func splitJSON(value any, severity string, depth int) (heading string, found []saying) {
	switch value := value.(type) {
	case string:
		return splitText(value, depth)
	case []any:
		for _, element := range value {
			heading, items := splitJSON(element, severity, depth)
			if len(items) == 0 && heading != "" {
				items = []saying{{severity: severity, text: heading}}
				if object, ok := element.(map[string]any); ok {
					items[0].code = firstText(lowered(object), codeNames)
				}
			}
			found = append(found, items...)
		}
	case map[string]any:
		return splitObject(lowered(value), severity, depth)
	}
	return "", found
}

// splitObject takes an object apart: one that says where is an item, another holds items.
func splitObject(members map[string]any, severity string, depth int) (heading string, found []saying) {
	text, where := firstText(members, textNames), firstText(members, whereNames)
	level, known := levelOf(firstText(members, levelNames))
	if known {
		severity = level
	}
	if text != "" && (where != "" || known) {
		found = []saying{{severity: severity, code: firstText(members, codeNames), where: where, text: text}}
	} else if text != "" {
		heading, found = splitText(text, depth)
	}
	for _, list := range []struct{ name, severity string }{{"errors", "error"}, {"warnings", "warning"}, {"details", severity}, {"error", severity}} {
		member, ok := members[list.name]
		if !ok || depth == 0 {
			continue
		}
		more, items := splitJSON(member, list.severity, depth-1)
		found = append(found, items...)
		heading = strings.TrimSpace(heading + " " + more)
	}
	return heading, found
}

func lowered(object map[string]any) map[string]any {
	out := make(map[string]any, len(object))
	for name, member := range object {
		out[strings.ToLower(name)] = member
	}
	return out
}

// levelOf returns the severity that a word of the service means.
func levelOf(word string) (severity string, ok bool) {
	word = strings.ToLower(word)
	switch {
	case strings.HasPrefix(word, "warn"), strings.HasPrefix(word, "info"):
		return "warning", true
	case strings.HasPrefix(word, "err"), word == "critical":
		return "error", true
	}
	return "", false
}

// firstText returns the first member of these names that is a text.
func firstText(members map[string]any, names []string) string {
	for _, name := range names {
		if text, ok := members[name].(string); ok && text != "" {
			return text
		}
	}
	return ""
}
