package powerapps

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
)

// Validate asks what the service says of a definition, which is sent as it is. A refusal is a verdict, not an error.
func (c *Client) Validate(ctx context.Context, definition []byte, rules Certification) (Verdict, error) {
	const doing = "validate the definition"
	path, err := c.ofUser(ctx, doing, "validateApiSwagger")
	if err != nil {
		return Verdict{}, err
	}
	query := ""
	if rules == WithCertification {
		query = "&enableConnectorCertificationRules=true"
	}
	call := call{
		doing: doing, method: http.MethodPost, url: c.powerApps(path, query), header: jsonBody, body: definition,
		resource: c.cloud.Resource, verbose: true,
	}
	got, err := c.do(ctx, call)
	var e *Error
	if errors.As(err, &e) && e.Status == http.StatusBadRequest && aboutDefinition(e) {
		return Verdict{Refused: true, Text: e.Message, Code: e.Code, RequestID: e.RequestID}, nil
	}
	if e != nil {
		e.Message = plain(e.Message, maxMessage)
	}
	if err != nil {
		return Verdict{}, err
	}
	text, err := call.verdict(got)
	return Verdict{Text: text, RequestID: requestID(got.header)}, err
}

var definitionCode = regexp.MustCompile(`(?i)swagger|apidefinition|openapi|certification|^InvalidRequestContent$`)

// aboutDefinition reports whether the refusal of a validation is about the definition: by its code, which says so or says
// that the content of the request (which is the definition) was not understood, or by the words that go with any code.
func aboutDefinition(e *Error) bool {
	return definitionCode.MatchString(e.Code) || strings.HasPrefix(e.Message, "Specified swagger has the following errors")
}

// verdict returns the text of an answer to a validation: nothing, a JSON text, or plain text.
func (c call) verdict(got reply) (string, error) {
	body := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(got.body), []byte("\ufeff")))
	if len(body) == 0 || string(body) == "null" {
		return "", nil
	}
	if body[0] == '"' {
		var text string
		if json.Unmarshal(body, &text) != nil {
			return "", c.unusable(got, "the answer is cut short or damaged")
		}
		return plain(unescape(text), maxVerdict), nil
	}
	if isHTML(body) || (body[0] == '{' || body[0] == '[') && !json.Valid(body) {
		return "", c.unusable(got, notJSON(body))
	}
	return plain(string(body), maxVerdict), nil
}

// maxVerdict bounds the text of a verdict, in characters.
const maxVerdict = 1 << 20

// ofUser returns a path of what belongs to the user who is signed in.
func (c *Client) ofUser(ctx context.Context, doing, what string) (string, error) {
	token, err := c.token(ctx, call{doing: doing, resource: c.cloud.Resource})
	if err != nil {
		return "", err
	}
	if token.ObjectID == "" {
		return "", &Error{
			Doing: doing, Message: "the token does not say whose it is (it has no object id)",
			Way: "sign in again⟨ with paconn-ls login⟩; where that does not help, with another --tenant or --clid",
		}
	}
	if err := checkName(doing, "user", token.ObjectID); err != nil {
		return "", err
	}
	return "/objectIds/" + escape(token.ObjectID) + "/" + what, nil
}
