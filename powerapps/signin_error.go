package powerapps

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// attempt is what is tried, for the errors that may come of it.
type attempt struct {
	doing   string // "sign in to the public cloud"
	problem string // what it means that it is refused: "the sign-in of ada@contoso.com to the public cloud has ended"
	way     string // what to do then, besides what the refusal itself tells
	address string // of the sign-in service
}

// attemptFor is a sign-in, or a renewal of the token of an account whose user is known.
func attemptFor(a Account) attempt {
	if a.User == "" {
		doing := "sign in to the " + a.Cloud + " cloud"
		return attempt{doing: doing, problem: "could not " + doing, address: a.Authority}
	}
	doing := "renew the sign-in of " + a.User + " to the " + a.Cloud + " cloud"
	return attempt{doing: doing, problem: "could not " + doing, way: "⟨run " + loginOf(a) + "|sign in again⟩", address: a.Authority}
}

// loginOf is the command that signs an account in again.
func loginOf(a Account) string {
	words := []string{"paconn-ls login"}
	add := func(option, value, usual string) {
		if value != "" && !strings.EqualFold(strings.TrimRight(value, "/"), strings.TrimRight(usual, "/")) {
			if value = plain(value, 200); strings.ContainsAny(value, " '\"") {
				value = strconv.Quote(value)
			}
			words = append(words, option, value)
		}
	}
	usual, err := BuiltinClouds().Named(a.Cloud)
	if err != nil {
		usual = Cloud{Authority: a.Authority, Client: azureCLI, Resource: a.Resource} // one of the user's own
	}
	add("--cloud", a.Cloud, "public")
	add("--with", string(a.Means), string(DeviceCode))
	add("--tenant", a.Tenant, anyTenant)
	add("--clid", a.Client, usual.Client)
	add("--authority_url", a.Authority, usual.Authority)
	add("--resource", a.Resource, usual.Resource)
	if a.Means == Certificate {
		add("--certificate", a.From, "")
	}
	if a.Means == Federated {
		add("--federated-token-file", a.From, "")
	}
	return strings.Join(append(words, "--force"), " ")
}

// failed makes the error of an attempt. It is the context's error when the user gave up, a *SignInError when the sign-in
// service refuses, or there is nothing to ask it with, and a *Error when it could not be asked.
func (t attempt) failed(ctx context.Context, err error) error {
	var already *SignInError
	var ours *Error
	var store *StoreError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &already):
		return already
	case errors.As(err, &store):
		return store
	case errors.As(err, &ours):
		return ours
	}
	cause := said(err)
	var entra *EntraError
	if !errors.As(cause, &entra) {
		way := connectionWay(err, t.address)
		if errors.Is(cause, errStrange) {
			way = answeredInPlace
		}
		return &Error{Doing: t.doing, URL: WithoutQuery(t.address), Err: cause, Way: way}
	}
	if entra.final() {
		return &SignInError{Problem: t.problem, Way: joined("; ", t.way, entraWays[entra.AADSTS]), Err: entra}
	}
	e := &Error{
		Doing: t.doing, Method: "POST", URL: WithoutQuery(t.address), Status: entra.Status, Code: entra.Code,
		Message: cmp.Or(entra.Message, http.StatusText(entra.Status)), RequestID: entra.Correlation, Way: "try again later",
	}
	switch {
	case entra.wait > 0:
		e.Way = fmt.Sprintf("the sign-in service asks to wait %s before the next try", entra.wait)
	case entra.Code == "" && entra.Status < 500 && entra.Status != http.StatusTooManyRequests:
		e.Way = answeredInPlace
	}
	return e
}

const answeredInPlace = "something between here and the sign-in service may have answered in its place: a proxy, or a page to sign in to a network; else check the authority"

// joined joins texts, some of which may be empty.
func joined(by string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), by)
}
