package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/powerapps/sandbox"
)

// TestFaultsOfPaconn lets requests go wrong under the name paconn: the exit code is 1, what is said has its form, and all
// else is as under our own name.
func TestFaultsOfPaconn(t *testing.T) {
	state, id := seeded(t)
	for _, c := range []struct {
		verb  string // of faultVerbs
		fault string
		says  string // on standard error, as a regular expression
	}{
		{"login", "POST */devicecode 500 times=always", `(?m)^ERROR: 500 Server Error: Internal Server Error for url: https://127\.0\.0\.1:\d+\ncould not sign in to the sandbox cloud: 500`},
		{"login", "GET */openid-configuration html status=200", `^ERROR: could not sign in to the sandbox cloud: the answer is not one of a sign-in service\n`},
		{"download", "GET */apis/* 404", `^\{\n  "error": \{\n    "code": "ResourceNotFound",\n.*\n  \}\n\}\nERROR: 404 Client Error: Not Found for url: https://127\.0\.0\.1:\d+/providers/Microsoft\.PowerApps/apis/shared_pets-[0-9a-z-]+\n`},
		{"download", "GET *apiDefinition.swagger.json truncated times=always", `^ERROR: could not download the definition: the answer broke off`},
		{"download", "GET *icon.png html status=200", `^ERROR: could not download the icon: what the service gives is not one: it is an HTML page`},
		{"validate", "POST */validateApiSwagger 401 times=always", `(?m)^ERROR: 401 Client Error: Unauthorized for url: `},
		{"create", "POST */generateResourceStorage redirect", `^(WARNING: .*\n)*ERROR: could not get a storage for the files: the service redirects to https://localhost:\d+: `},
		{"create", "POST */apis reset after", `^(WARNING: .*\n)*ERROR: could not create the connector: the connection was cut; .*\n  what to do: the connector may have been created all the same`},
		{"update", "PUT *icon.png 403", `(?m)^ERROR: 403 Client Error: Forbidden for url: https://127\.0\.0\.1:\d+/storage/[0-9a-f]+/icon\.png$`},
		{"update", "PATCH */apis/* 503 times=always", `(?m)^ERROR: 503 Server Error: Service Unavailable for url: (.*\n)+  what to do: the connector may have been updated all the same`},
	} {
		t.Run(c.verb+" "+c.fault, func(t *testing.T) {
			f := newFaulty(t, verbNamed(t, c.verb), state, "PACONN_RETRIES=1")
			f.program = "paconn"
			fault, err := sandbox.ParseFault(c.fault)
			if err != nil {
				t.Fatal(err)
			}
			f.sandbox.Fail(fault)
			got := f.did(id)
			if got.code != paconnFailed || got.stdout != "" || !regexp.MustCompile(c.says).MatchString(got.stderr) {
				t.Errorf("exit code %d\n%s---\n%s", got.code, got.stdout, got.stderr)
			}
			if diff := cmp.Diff(got.before, got.after); diff != "" {
				t.Errorf("files have changed:\n%s", diff)
			}
			if most := strings.Count(c.fault, "after"); got.made > most {
				t.Errorf("%d connectors were made", got.made)
			}
		})
	}
}

func verbNamed(t *testing.T, name string) faultVerb {
	t.Helper()
	for _, v := range faultVerbs {
		if v.name == name {
			return v
		}
	}
	t.Fatalf("there is no verb %s", name)
	return faultVerb{}
}
