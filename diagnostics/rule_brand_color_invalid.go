package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var brandColorInvalid = &Rule{
	Name: "brand-color-invalid", Severity: Error,
	Check: func(p *Pass) {
		v := p.Properties.Get("iconBrandColor")
		s, ok := v.Str()
		if !ok || v.Broken() || isColor(s) {
			return
		}
		message, options := fmt.Sprintf("%q is not a colour of the form #RRGGBB", s), []Option{}
		if c := colorOf(s); c != "" {
			message += ", did you mean " + jsondoc.Quote(c) + "?"
			options = append(options, Mend("Change to "+c, v.Replace(jsondoc.Quote(c))...))
		}
		p.Report(v, message, options...)
	},
}

func isColor(s string) bool { return len(s) == 7 && s[0] == '#' && isHex(s[1:]) }

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }

// colorOf returns the colour that a text stands for when only its form is wrong: blanks around it, no #, or one digit for
// each part instead of two; "" for any other text.
func colorOf(s string) string {
	digits := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "0x"), "#")
	if !isHex(digits) {
		return ""
	}
	switch len(digits) {
	case 6:
		return "#" + digits
	case 3:
		return "#" + strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
	}
	return ""
}
