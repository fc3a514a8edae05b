package diagnostics

import (
	"fmt"
	"strings"
)

var responseCodeInvalid = &Rule{
	Name: "response-code-invalid", Severity: Error, Upstream: []string{"ResponseMustBeDefaultOrHttpStatusCode"},
	Check: func(p *Pass) {
		for responses := range p.Objects("responses") {
			for _, v := range responseCodes(responses) {
				key := v.Key()
				if isResponseCode(key) || v.Broken() {
					continue
				}
				fixed := strings.ToLower(strings.TrimSpace(key))
				var options []Option
				if strings.HasSuffix(fixed, "xx") && len(fixed) == 3 {
					fixed = fixed[:1] + "00"
				}
				if isResponseCode(fixed) {
					options = append(options, Suggest("Rename to "+fixed, renameUnlessThere(v, fixed)...))
				}
				p.ReportKey(v, fmt.Sprintf("%q is no status code, expected three digits from 100 to 599 or \"default\"", key), options...)
			}
		}
	},
}

func isResponseCode(key string) bool {
	return key == "default" || len(key) == 3 && key[0] >= '1' && key[0] <= '5' && isDigit(key[1]) && isDigit(key[2])
}
