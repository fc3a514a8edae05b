package lsp_test

import (
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// TestRefusalsForEditors has commands refused by the service, by the sign-in and for their arguments. That what is said fits
// an editor is looked at wherever something is said (forEditors).
func TestRefusalsForEditors(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	for _, c := range []struct {
		name, verb string
		args       map[string]any
		fault      sandbox.Fault
		says       string // in the message or the way
	}{
		{name: "a token that is refused", verb: "list", args: map[string]any{"what": "environments"}, fault: sandbox.Fault{Path: "*/environments*", Status: 401}, says: "sign in again"},
		{name: "a token of another cloud", verb: "list", args: map[string]any{"what": "environments"}, fault: sandbox.Fault{Path: "*/environments*", Status: 401, Code: "ExpiredAuthenticationToken"}, says: "sign in again"},
		{name: "no right", verb: "list", args: map[string]any{"what": "environments"}, fault: sandbox.Fault{Path: "*/environments*", Status: 403}, says: "no right"},
		{name: "another service", verb: "list", args: map[string]any{"what": "environments"}, fault: sandbox.Fault{Path: "*/environments*", Status: 404}, says: "has no such service: check the cloud, and powerAppsUrl"},
		{name: "no environment", verb: "list", args: map[string]any{"what": "connectors", "environment": development}, fault: sandbox.Fault{Path: "*/apis*", Status: 404, Code: "EnvironmentNotFound"}, says: "no such environment for this account"},
		{name: "no connector", verb: "download", args: map[string]any{"environment": development, "connectorId": "shared_none", "dest": "x"}, says: "check the connector and its environment"},
		{name: "a script that is missing", verb: "create", args: map[string]any{"environment": development}, fault: sandbox.Fault{Method: "POST", Path: "*/apis", Status: 400, Code: "InvalidScriptDefinitionUrlWithNonNullOperations"}, says: "give one, or take"},
		{name: "a failure that leaves doubt", verb: "create", args: map[string]any{"environment": development}, fault: sandbox.Fault{Method: "POST", Path: "*/apis", Status: 500}, says: "look whether the environment has it"},
		{name: "an id that is none", verb: "update", args: map[string]any{"environment": development, "connectorId": "a/b"}, says: "connectorId: a/b is no id"},
		{name: "an environment that is none", verb: "update", args: map[string]any{"environment": "nowhere"}, says: "environment: there is no environment nowhere"},
		{name: "two wishes for the script", verb: "update", args: map[string]any{"environment": development, "script": "script.csx", "removeScript": true}, says: "removeScript"},
		{name: "a way that is none", verb: "login", args: map[string]any{"means": "prayer"}, says: "means: prayer is no way"},
		{name: "a cloud that is none", verb: "login", args: map[string]any{"cloud": "nine"}, says: "cloud: there is no cloud"},
		{name: "a principal without a directory", verb: "login", args: map[string]any{"means": "client-secret", "clientId": "x"}, says: "no tenant is given"},
		{name: "a principal without an application", verb: "login", args: map[string]any{"means": "certificate", "tenant": "contoso.com"}, says: "no clientId is given"},
		{name: "a settings file that is not there", verb: "update", args: map[string]any{"settings": "none.json"}, says: "there is no such file"},
		{name: "an account that is not signed in", verb: "list", args: map[string]any{"what": "environments", "account": "eve"}, says: "account: eve is not signed in"},
		{name: "nothing to leave out", verb: "download", args: map[string]any{"environment": development, "without": []string{"definition"}}, says: "without definition"},
		{name: "nothing to list", verb: "list", args: map[string]any{"what": "stars"}, says: "stars"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.sandbox.Recover()
			if c.fault.Path != "" {
				c.fault.Times = -1
				s.sandbox.Fail(c.fault)
			}
			if c.verb != "list" && c.verb != "login" {
				c.args["folder"] = s.dir
			}
			if data, _ := s.refused(c.verb, c.args); !strings.Contains(data.Message+" | "+data.Way, c.says) {
				t.Errorf("it says %q, and what to do: %q", data.Message, data.Way)
			}
		})
	}
	s.sandbox.Recover()
	s.do("logout", nil)
	s.refused("list", map[string]any{"what": "environments"})
	_ = s.sandbox.Close()
	s.refused("list", map[string]any{"what": "environments", "cloud": "sandbox"})
	s.refused("list", map[string]any{"what": "environments"})
}
