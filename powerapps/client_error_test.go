package powerapps_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/powerapps"
)

// errorOf returns what comes of an answer to a request for a connector.
func errorOf(t testing.TB, status int, body string, header ...string) *powerapps.Error {
	t.Helper()
	s := newService(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	})
	_, err := newClient(t, s.cloud(), powerapps.ClientOptions{Retries: new(0)}).Connector(t.Context(), "e", "shared_pets")
	var e *powerapps.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v", err)
	}
	return e
}

func TestErrorBodies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, code, message string }{
		"as ever":          {`{"error": {"code": "InvalidRequestContent", "message": "Could not find member 'x'."}}`, "InvalidRequestContent", "Could not find member 'x'."},
		"flat":             {`{"code": "A", "message": "b"}`, "A", "b"},
		"of ASP.NET":       {`{"Message": "No HTTP resource was found.", "MessageDetail": "No type."}`, "", "No HTTP resource was found.\nNo type."},
		"of OAuth":         {`{"error": "invalid_token", "error_description": "gone"}`, "invalid_token", "gone"},
		"a number":         {`{"error": {"code": 7, "message": 8}}`, "7", "8"},
		"null":             {`{"error": null, "message": null}`, "", "Bad Request"},
		"an array":         {`[{"error": {"code": "A", "message": "b"}}]`, "A", "b"},
		"an empty array":   {`[]`, "", "Bad Request"},
		"a text":           {`"just a text"`, "", "just a text"},
		"JSON in a text":   {`"{\"error\": {\"code\": \"A\", \"message\": \"b\"}}"`, "A", "b"},
		"JSON in JSON":     {`{"error": {"code": "A", "message": "{\"error\": {\"code\": \"B\", \"message\": \"b\"}}"}}`, "A", "b"},
		"plain text":       {"The service is unavailable.", "", "The service is unavailable."},
		"with a BOM":       {"\ufeff{\"code\": \"A\", \"message\": \"b\"}", "A", "b"},
		"escapes left":     {`{"error": {"code": "A", "message": "Errors:\\r\\nError : \\u0027paths\\u0027 – \\\"x\\\" \\ud83d\\ude00"}}`, "A", "Errors:\nError : 'paths' – \"x\" 😀"},
		"line ends":        {"{\"error\": {\"code\": \"A\", \"message\": \"a\\r\\nb\\tc\\rd\"}}", "A", "a\nb c d"},
		"control":          {"{\"error\": {\"code\": \"A\\u0000\\u001b[31m\", \"message\": \"x\\u001b[2J\\u0007\\u202ey\\u009bz\"}}", "A[31m", "x[2Jyz"},
		"not UTF-8":        {"caf\xe9", "", "caf\ufffd"},
		"details":          {`{"error": {"code": "A", "message": "many", "details": [{"code": "x", "message": "one"}, {"message": "two"}, {"message": "one"}], "innererror": {"message": "deep", "innererror": {"message": "deeper"}}}}`, "A", "many\none\ntwo\ndeep\ndeeper"},
		"cut in a message": {`{"error": {"code": "A", "message": "it was \"cut\" he`, "A", `it was "cut" he`},
		"cut before it":    {`{"error": {"code": "A", "mess`, "A", "Bad Request"},
		"XML":              {"\ufeff<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code><Message>No.\nRequestId:1\nTime:2</Message></Error>", "AuthenticationFailed", "No."},
		"cut XML":          {`<Error><Code>BlobNotFound</Code><Mess`, "BlobNotFound", "Bad Request"},
		"HTML":             {"<html>\n<head><title>502 &amp; <b>more</b></title>", "", "an HTML page: 502 & more"},
		"HTML, no title":   {"<!DOCTYPE html><body>x", "", "an HTML page"},
		"a page's comment": {"<!-- x --><HTML><TITLE>\n T \n</TITLE>", "", "an HTML page: T"},
		"inside a sentence": {
			`{"error": {"code": "ApiHubsRequestFailed", "message": "The request failed with client error: '{\"Code\":\"\",\"Message\":\"PUT https://apim.example/policy failed, content={\\\"error\\\":{\\\"code\\\":\\\"InternalServerError\\\",\\\"message\\\":\\\"It failed.\\\",\\\"details\\\":null}}\",\"Target\":null,\"Details\":[]}'. The correlation Id is '0a1b2c3d-0000-0000-0000-000000000000'.", "details": [{"code": "FullNonLocalizedError", "message": "{\"Code\":\"\",\"Message\":\"PUT https://apim.example/policy failed, content={\\\"error\\\":{\\\"message\\\":\\\"It failed.\\\"}}\"}"}]}}`,
			"ApiHubsRequestFailed", "The request failed with client error: 'PUT https://apim.example/policy failed, content=It failed.'. The correlation Id is '0a1b2c3d-0000-0000-0000-000000000000'.",
		},
		"a token":           {"got eyJ0eXAiOiJKV1Q.eyJhdWQiOiJ4In0.c2lnbmF0dXJl here, Bearer abcdefghij0123456789", "", "got *** here, Bearer ***"},
		"a signature":       {`see https://x.blob.core.windows.net/c?sv=1&sig=abc%2B123&se=2 and https://u:p@h/`, "", "see https://x.blob.core.windows.net/c?sv=1&sig=***&se=2 and https://h/"},
		"a client's secret": {`bad value {"clientSecret": "x7"}`, "", `bad value {"clientSecret": "***"}`},
		"a form":            {"client_secret=x7&x=1", "", "client_secret=***&x=1"},
		"no secrets":        {"paths/~1login/post/parameters/password : The basic authentication of 'api_key' : no. Bearer tokens", "", "paths/~1login/post/parameters/password : The basic authentication of 'api_key' : no. Bearer tokens"},
		"very deep":         {strings.Repeat(`{"error":`, 10_000), "", "Bad Request"},
	} {
		t.Run(name, func(t *testing.T) {
			e := errorOf(t, 400, c.body)
			if diff := cmp.Diff([2]string{c.code, c.message}, [2]string{e.Code, e.Message}); diff != "" {
				t.Errorf("code and message (-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrorsNameTheRequest(t *testing.T) {
	for _, c := range []struct {
		want, body string
		header     []string
	}{
		{"a", "", []string{"x-ms-request-id", "a", "x-ms-correlation-request-id", "b"}},
		{"b", "", []string{"x-ms-correlation-request-id", "b"}},
		{"c", "", []string{"x-ms-service-request-id", "c"}},
		{"61e92b1e-25b0-474d-8aa2-5be81dc9ea7f", `{"message": "Encountered internal server error. The tracking Id is '61e92b1e-25b0-474d-8aa2-5be81dc9ea7f'."}`, nil},
		{"", "", nil},
	} {
		if got := errorOf(t, 500, c.body, c.header...).RequestID; got != c.want {
			t.Errorf("%v: the request is %q, want %q", c.header, got, c.want)
		}
	}
}

func TestErrorsSayWhereWithoutTheQuery(t *testing.T) {
	e := errorOf(t, 404, `{"error": {"code": "EnvironmentNotFound"}}`)
	if e.Method != "GET" || !strings.HasSuffix(e.URL, "/providers/Microsoft.PowerApps/apis/shared_pets") || !strings.HasPrefix(e.URL, "https://") {
		t.Errorf("the request is %s %s", e.Method, e.URL)
	}
	if e.Doing != "get the connector" || e.Uncertain {
		t.Errorf("the error is %+v", e)
	}
}

// What public reports have shown of the service's errors has a way out.
func TestWays(t *testing.T) {
	for _, c := range []struct {
		status     int
		body, want string
	}{
		{401, `{"error":{"code":"MissingAuthorizationHeaderAndClientCertificate","message":"A client certificate or authorization header was not provided."}}`, "did not arrive"},
		{401, `{"error":{"code":"InvalidAuthenticationToken","message":"The received access token has been obtained from wrong audience or resource."}}`, "--resource"},
		{401, `{"error":{"code":"InvalidAuthenticationToken","message":"The access token is invalid."}}`, "login --cloud test --force"},
		{401, ``, "login --cloud test --force"},
		{400, `{"error":{"code":"InvalidRequestContent","message":"The request content was invalid: 'Could not find member 'stackOwner' on object.'"}}`, "stackOwner"},
		{400, `{"error":{"code":"InvalidRequestContent","message":"Could not find member 'x' on object."}}`, "does not know this member"},
		{400, `{"error":{"code":"InvalidRequestContent","message":"Unexpected character."}}`, "cannot read"},
		{400, `{"error":{"code":"ApiDefinitionCapabilitiesInvalid"}}`, "capabilities"},
		{400, `{"error":{"code":"SwaggerCertificationFailedWithErrors"}}`, "--certification"},
		{400, `{"error":{"code":"InvalidScriptDefinitionUrlWithNonNullOperations"}}`, "--script"},
		{400, `{"error":{"code":"CustomScriptProvisioningFailed","message":"[FindAndAssignFunctionApp] Unable to find an unassigned function app"}}`, "without scriptOperations"},
		{500, `{"error":{"code":"CustomScriptProvisioningFailed"}}`, "passes at times"},
		{400, `{"error":{"code":"MissingObjectId"}}`, "whose it is"},
		{400, `{"error":{"code":"ApiHubsRequestFailed","message":"Please specify a valid Swagger 2.0 Url and valid list of ServiceUrls."}}`, "placeholder"},
		{400, `{"error":{"code":"ApiHubsRequestFailed","message":"PUT x failed with InternalServerError"}}`, "policyTemplateInstances"},
		{400, `{"error":{"code":"ApiHubsRequestFailed"}}`, "behind"},
		{403, `{"error":{"code":"EnvironmentAccess","message":"Error Code: 'PermissionBlockedByOfficeAI'"}}`, "Microsoft 365"},
		{403, `{"error":{"code":"EnvironmentAccess"}}`, "Environment Maker"},
		{403, `{"error":{"code":"Forbidden","message":"The service principal with id 'x' for application y does not have permission"}}`, "New-PowerAppManagementApp"},
		{403, `<html><title>Blocked</title>`, "proxy or a firewall"},
		{403, ``, "has no right"},
		{404, `{"message":"No HTTP resource was found that matches the request URI 'https://x'."}`, "--pau"},
		{404, `{"error":{"code":"EnvironmentNotFound"}}`, "paconn-ls list environments"},
		{404, `{"error":{"code":"ConnectorNotFound"}}`, "no connector shared_pets in this environment⟨: paconn-ls list connectors --env e "},
		{404, ``, "paconn-ls list connectors --env e"},
		{409, ``, "try again"},
		{413, ``, "too large"},
		{429, ``, "too often"},
		{502, ``, "try again later"},
		{400, `{"error":{"code":"NobodyKnows","message":"x"}}`, ""},
	} {
		e := errorOf(t, c.status, c.body)
		if !strings.Contains(e.Way, c.want) || (c.want == "") != (e.Way == "") {
			t.Errorf("%d %s: the way out is %q, want %q", c.status, c.body, e.Way, c.want)
		}
	}
}

// A name can come from a settings file of whoever, and what to type next is copied into a shell.
func TestWaysAreSafeToType(t *testing.T) {
	s := newService(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) })
	c := newClient(t, s.cloud(), powerapps.ClientOptions{})
	for name, want := range map[string]string{
		"Default-1":   "--env Default-1 shows",
		"my place":    "--env 'my place' shows",
		"x;reboot":    "--env 'x;reboot' shows",
		"x';reboot;'": "--env ENVIRONMENT shows",
		"$(reboot)":   "--env ENVIRONMENT shows",
	} {
		_, err := c.Connector(t.Context(), name, "id")
		if e := failure(t, err); !strings.Contains(e.Way, want) {
			t.Errorf("%s: the way out is %q", name, e.Way)
		}
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	lines := strings.Repeat(`Error : paths/~1pets/get : it is wrong\r\n`, 3_000) // more than is read of other errors
	for name, c := range map[string]struct {
		status int
		body   string
		want   powerapps.Verdict
		err    string
	}{
		"nothing":             {status: 200, body: ""},
		"204":                 {status: 204},
		"null":                {status: 200, body: "null"},
		"an empty text":       {status: 200, body: `""`},
		"a text":              {status: 200, body: `"Swagger certification succeeded – \"fine\"\r\nWarning : x"`, want: powerapps.Verdict{Text: "Swagger certification succeeded – \"fine\"\nWarning : x"}},
		"a text that ends so": {status: 200, body: `"it is \"so\""`, want: powerapps.Verdict{Text: `it is "so"`}},
		"plain text":          {status: 200, body: `all is well`, want: powerapps.Verdict{Text: "all is well"}},
		"an object":           {status: 200, body: `{"a": 1}`, want: powerapps.Verdict{Text: `{"a": 1}`}},
		"half a text":         {status: 200, body: `"it is`, err: "cut short"},
		"half an object":      {status: 200, body: `{"a`, err: "cut short"},
		"a page":              {status: 200, body: html, err: "an HTML page"},
		"refused": {
			status: 400, body: `{"error": {"code": "SwaggerCertificationFailedWithErrors", "message": "\r\nError : paths/~1pets : no\\r\\nError : \\u0027x\\u0027"}}`,
			want: powerapps.Verdict{Refused: true, Code: "SwaggerCertificationFailedWithErrors", Text: "Error : paths/~1pets : no\nError : 'x'"},
		},
		"refused at length": {
			status: 400, body: `{"error": {"code": "SwaggerCertificationFailedWithErrors", "message": "` + lines + `"}}`,
			want: powerapps.Verdict{Refused: true, Code: "SwaggerCertificationFailedWithErrors", Text: strings.TrimSpace(strings.ReplaceAll(lines, `\r\n`, "\n"))},
		},
		"refused as no definition": {
			status: 400, body: `{"error": {"code": "InvalidRequestContent", "message": "unreadable"}}`,
			want: powerapps.Verdict{Refused: true, Code: "InvalidRequestContent", Text: "unreadable"},
		},
		"refused with another code": {
			status: 400, body: `{"error": {"code": "BadRequest", "message": "Specified swagger has the following errors: 'x'"}}`,
			want: powerapps.Verdict{Refused: true, Code: "BadRequest", Text: "Specified swagger has the following errors: 'x'"},
		},
		"another refusal":  {status: 400, body: `{"error": {"code": "MissingObjectId", "message": "x"}}`, err: "400 MissingObjectId: x"},
		"another status":   {status: 403, body: `{"error": {"code": "SwaggerX", "message": "x"}}`, err: "403 SwaggerX: x"},
		"a broken service": {status: 500, body: `{"error": {"code": "InternalServerError", "message": "Encountered internal server error."}}`, err: "500 InternalServerError"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			})
			got, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Validate(t.Context(), []byte(`{}`), powerapps.WithCertification)
			if e := (*powerapps.Error)(nil); c.status == 500 && errors.As(err, &e) && !strings.Contains(e.Way, "$ref") {
				t.Errorf("the way out is %q", e.Way)
			}
			if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) || c.err == "" && err != nil {
				t.Errorf("the error is %v", err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("the verdict (-want +got):\n%s", diff)
			}
		})
	}
}

// renewing is a TokenSource whose Renew gives what a test says.
type renewing struct {
	serviceTokens
	err error
}

func (r *renewing) Renew(ctx context.Context, resource string, refused powerapps.Token) (powerapps.Token, error) {
	if refused.Value != oldToken {
		return powerapps.Token{}, errors.New("another token is renewed")
	}
	token, _ := r.serviceTokens.Renew(ctx, resource, refused)
	return token, r.err
}

// refuseToken answers as the service does when it does not take a token.
func refuseToken(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(401)
	io.WriteString(w, `{"error": {"code": "InvalidAuthenticationToken", "message": "The access token is invalid."}}`)
}

func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	for _, o := range operations {
		if o.name == "upload" || o.name == "fetch" {
			continue
		}
		t.Run(o.name, func(t *testing.T) {
			var s *service
			s = newService(t, func(n int, w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "Bearer "+newToken {
					refuseToken(w, r)
					return
				}
				s.well(w, r)
			})
			source := &renewing{}
			c, err := powerapps.NewClient(s.cloud(), source, powerapps.ClientOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if err := o.do(t.Context(), c, s.URL); err != nil || source.renewals != 1 || len(s.requests()) != 2 {
				t.Errorf("%v after %d renewals and %d requests", err, source.renewals, len(s.requests()))
			}
		})
	}
}

func TestSigningInIsWhatHelps(t *testing.T) {
	want := &powerapps.SignInError{Problem: "the sign-in is over"}
	s := newService(t, func(_ int, w http.ResponseWriter, r *http.Request) { refuseToken(w, r) })
	for _, o := range operations {
		if o.name == "upload" || o.name == "fetch" {
			continue
		}
		c, err := powerapps.NewClient(s.cloud(), &renewing{err: want}, powerapps.ClientOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var got *powerapps.SignInError
		if err := o.do(t.Context(), c, s.URL); !errors.As(err, &got) || got != want {
			t.Errorf("%s: the error is %v", o.name, err)
		}
	}
}

// none is a TokenSource without tokens.
type none struct{ err error }

func (n none) Token(context.Context, string) (powerapps.Token, error) {
	return powerapps.Token{}, n.err
}

func TestNoToken(t *testing.T) {
	s := newService(t, nil)
	for _, o := range operations {
		if o.name == "upload" || o.name == "fetch" {
			continue
		}
		signIn := &powerapps.SignInError{Problem: "nobody is signed in"}
		for _, failing := range []error{signIn, errors.New(`Post "https://login.example/token?x=SAS%2BSECRET": ` + oldToken + ` eyJhbGciOi.eyJhdWQiOi.x`)} {
			c, err := powerapps.NewClient(s.cloud(), none{failing}, powerapps.ClientOptions{})
			if err != nil {
				t.Fatal(err)
			}
			err = o.do(t.Context(), c, s.URL)
			if errors.Is(failing, signIn) {
				if !errors.Is(err, signIn) {
					t.Errorf("%s: the error is %v", o.name, err)
				}
				continue
			}
			if e := failure(t, err); e.Uncertain || strings.Contains(e.Error(), "SAS%2B") || strings.Contains(e.Error(), "eyJ") {
				t.Errorf("%s: the error is %v", o.name, e)
			}
		}
	}
	c, err := powerapps.NewClient(s.cloud(), none{}, powerapps.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Storage(t.Context(), "e"); err == nil || !strings.Contains(err.Error(), "object id") {
		t.Errorf("without an object id: %v", err)
	}
	if n := len(s.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func FuzzErrorBodies(f *testing.F) {
	for _, seed := range []string{
		`{"error": {"code": "A", "message": "b", "details": [{"message": "{\"a\": 1}"}]}}`, `"{\"error\": {}}"`, html, "<Error><Code>x", "\ufeff[[{", "x",
		`{"message": "'{\"Message\": \"\\r\\n\\ud800\"}'"}`,
	} {
		f.Add(400, []byte(seed))
	}
	var body []byte
	var status int
	s := newService(f, func(_ int, w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		w.Write(append(body, (" " + r.Header.Get("Authorization"))...))
	})
	c := newClient(f, s.cloud(), powerapps.ClientOptions{Retries: new(0)})
	f.Fuzz(func(t *testing.T, code int, content []byte) {
		status, body = 400+(code%200+200)%200, content
		_, err := c.Connector(t.Context(), "e", "id")
		e := failure(t, err)
		for _, text := range []string{e.Error(), e.Code, e.Message, e.RequestID} {
			if !utf8.ValidString(text) || len(text) > 40_000 {
				t.Fatalf("the text is %d bytes long, %q", len(text), text)
			}
			if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); i >= 0 {
				t.Fatalf("the text holds a control character: %q", text)
			}
			if strings.Contains(text, oldToken) {
				t.Fatalf("the text holds the token: %q", text)
			}
		}
		if e.Message == "" {
			t.Fatal("the error says nothing")
		}
	})
}
