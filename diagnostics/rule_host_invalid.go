package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var hostInvalid = &Rule{
	Name: "host-invalid", Severity: Error, Upstream: []string{"HostNameNotValid"},
	Check: func(p *Pass) {
		root := p.Definition.Root
		v := root.Get("host")
		host, ok := v.Str()
		if !ok || v.Broken() {
			return
		}
		problem := hostProblem(host)
		if problem == "" {
			return
		}
		var options []Option
		if host == "" {
			// published connectors whose script answers by itself have none, as they may leave the key out
			options = append(options, AtMost(Warning))
		}
		name, path := splitAddress(host)
		if name != host && hostProblem(name) == "" {
			edits := v.Replace(jsondoc.Quote(name))
			if path != "" && lacks(root, "basePath") {
				edits = append(edits, root.Insert("basePath", jsondoc.Quote(path))...)
			}
			options = append(options, Suggest("Change to "+name, edits...))
		}
		p.Report(v, fmt.Sprintf("%s, expected a host name such as \"api.contoso.com\"", problem), options...)
	},
}

// environmentVariable begins an expression that the service resolves when a connector in a solution is saved.
const environmentVariable = "@environmentVariables("

// hostProblem says what a host name holds that it may not; "" when nothing is wrong.
func hostProblem(host string) string {
	_, port, hasPort := strings.Cut(host, ":")
	switch {
	case host == "":
		return "the host is empty"
	case strings.HasPrefix(host, environmentVariable):
		return ""
	case strings.Contains(host, "://"):
		return "the host holds a scheme"
	case strings.ContainsAny(host, " \t\r\n"):
		return "the host holds blanks"
	case strings.ContainsAny(host, "{}"):
		return "the host holds braces"
	case strings.ContainsAny(host, `/\?#`):
		return "the host holds a path"
	case hasPort && (port == "" || strings.Trim(port, "0123456789") != ""):
		return "the host holds a colon without a port"
	}
	return ""
}

// splitAddress splits what may be a whole address into its host and its path, which is "" when there is none.
func splitAddress(address string) (host, path string) {
	address = strings.TrimSpace(address)
	if _, after, ok := strings.Cut(address, "://"); ok {
		address = after
	}
	host, path, _ = strings.Cut(strings.ReplaceAll(address, `\`, "/"), "/")
	path, _, _ = strings.Cut(path, "?")
	if path = strings.Trim(path, "/ "); path != "" {
		path = "/" + path
	}
	return strings.TrimSpace(host), path
}
