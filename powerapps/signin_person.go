package powerapps

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// acquire gets a token for an audience.
type acquire func(ctx context.Context, resource string) (issued, error)

// personal returns MSAL's client for a person. An authority is used as it is given: to ask Microsoft whether it is one of
// theirs (instance discovery) would only tell by which other names it goes.
func (b *AccountBook) personal(a Account, roots *x509.CertPool, cache tokenCache) (public.Client, error) {
	return public.New(a.Client, public.WithAuthority(a.Authority+"/"+a.Tenant), public.WithHTTPClient(b.http.client(roots)),
		public.WithCache(cache), public.WithInstanceDiscovery(false))
}

// byDeviceCode signs a person in with a code that is typed into a browser anywhere.
func (b *AccountBook) byDeviceCode(a Account, roots *x509.CertPool, cache tokenCache, show Interaction) (acquire, error) {
	client, err := b.personal(a, roots, cache)
	return func(ctx context.Context, resource string) (issued, error) {
		limited, cancel := context.WithTimeout(ctx, machineLimit)
		defer cancel()
		code, err := client.AcquireTokenByDeviceCode(limited, []string{scopeOf(resource)})
		if err == nil && code.Result.UserCode == "" {
			err = errStrange // there is nothing that a person could be shown
		}
		if err == nil {
			err = openable(code.Result.VerificationURL)
		}
		if err != nil {
			return issued{}, err
		}
		prompt := DevicePrompt{
			Message: plain(code.Result.Message, 1000), Code: code.Result.UserCode, URL: code.Result.VerificationURL, Expires: code.Result.ExpiresOn,
		}
		if prompt.Message == "" {
			prompt.Message = fmt.Sprintf("To sign in, open the page %s in a browser and enter the code %s.", prompt.URL, prompt.Code)
		}
		if err := show.DeviceCode(ctx, prompt); err != nil {
			return issued{}, untold(ctx, err)
		}
		result, err := code.AuthenticationResult(patiently(ctx))
		return personalToken(result, unentered(ctx, a, err))
	}, shown(show, err)
}

// unentered says what became of a code.
func unentered(ctx context.Context, a Account, err error) error {
	var entra *EntraError
	problem := "could not sign in to the " + a.Cloud + " cloud: "
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return &SignInError{Problem: problem + "the code was not entered in time", Way: "try again"}
	case !errors.As(said(err), &entra):
		return err
	case entra.Code == "authorization_declined" || entra.Code == "access_denied":
		return &SignInError{Problem: problem + "the sign-in was declined"}
	case entra.Code == "expired_token" || entra.Code == "code_expired":
		return &SignInError{Problem: problem + "the code was not entered in time", Way: "try again"}
	}
	return err
}

// byBrowser signs a person in with the browser of this machine, which comes back to a port of it.
func (b *AccountBook) byBrowser(a Account, roots *x509.CertPool, cache tokenCache, show Interaction) (acquire, error) {
	client, err := b.personal(a, roots, cache)
	return func(ctx context.Context, resource string) (issued, error) {
		limited, cancel := context.WithTimeout(ctx, b.patience)
		defer cancel()
		open := func(page string) error {
			if err := openable(page); err != nil {
				return err
			}
			if err := show.Open(limited, page); err != nil {
				return unopened(ctx, err)
			}
			return nil
		}
		result, err := client.AcquireTokenInteractive(limited, []string{scopeOf(resource)}, public.WithOpenURL(open))
		return personalToken(result, b.unanswered(ctx, a, err))
	}, shown(show, err)
}

// unanswered says what became of a page in the browser.
func (b *AccountBook) unanswered(ctx context.Context, a Account, err error) error {
	problem := "could not sign in to the " + a.Cloud + " cloud: "
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return &SignInError{Problem: fmt.Sprintf("%snobody signed in in the browser within %s", problem, b.patience), Way: otherDevice}
	case strings.Contains(err.Error(), "AADSTS"):
		// What the page sends back to this machine, MSAL makes an error of its text.
		if e := entraError(400, ""); aadsts.MatchString(err.Error()) {
			text := aadsts.FindStringSubmatch(err.Error())
			e.Code, e.AADSTS, e.Message = "access_denied", text[1], plain(trailer.ReplaceAllString(err.Error()[len(text[0]):], ""), 400)
			return &SignInError{Problem: strings.TrimSuffix(problem, ": "), Way: entraWays[e.AADSTS], Err: e}
		}
	}
	return err
}

// openable refuses pages that are not of the web: what opens pages opens files and programs too.
func openable(page string) error {
	if u, err := url.Parse(page); err != nil || u.Scheme != "https" || u.Host == "" {
		return errors.New("the sign-in service names a page that does not begin with https://")
	}
	return nil
}

const otherDevice = "sign in with a code and the browser of any machine⟨: --with " + string(DeviceCode) + "⟩"

func unopened(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &SignInError{Problem: "no browser could be opened on this machine", Way: otherDevice, Err: said(err)}
}

// untold is the error of a code that the person could not be told.
func untold(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &SignInError{Problem: "the code to sign in with could not be shown", Err: said(err)}
}

// shown refuses to sign a person in whom nothing can be shown.
func shown(show Interaction, err error) error {
	if err == nil && show == nil {
		return &SignInError{Problem: "there is nobody to sign in", Way: "sign in as a service principal"}
	}
	return err
}

// personalToken reads MSAL's result. Who somebody is stands in the id token.
func personalToken(r public.AuthResult, err error) (issued, error) {
	if err != nil {
		return issued{}, err
	}
	t := issued{value: r.AccessToken, expires: r.ExpiresOn.Round(0), claims: claimsOf(r.AccessToken)}
	id := r.IDToken
	t.ObjectID, t.TenantID = cmp.Or(id.Oid, t.ObjectID), cmp.Or(id.TenantID, t.TenantID)
	t.Username, t.UPN, t.Email, t.Name = cmp.Or(id.PreferredUsername, t.Username), cmp.Or(id.UPN, t.UPN), cmp.Or(id.Email, t.Email), cmp.Or(id.Name, t.Name)
	return t, nil
}

// renewPerson gets tokens of somebody who signed in, with the refresh token where none is left.
func (b *AccountBook) renewPerson(a Account, roots *x509.CertPool, cache tokenCache) (acquire, error) {
	client, err := b.personal(a, roots, cache)
	return func(ctx context.Context, resource string) (issued, error) {
		ctx, cancel := context.WithTimeout(ctx, machineLimit)
		defer cancel()
		known, err := client.Accounts(ctx)
		if err != nil {
			return issued{}, err
		}
		if len(known) == 0 {
			return issued{}, errNothingKept
		}
		result, err := client.AcquireTokenSilent(ctx, []string{scopeOf(resource)}, public.WithSilentAccount(known[0]))
		if err != nil && err.Error() == "no token found" { // MSAL's, when there is no refresh token
			err = errNothingKept
		}
		return personalToken(result, err)
	}, err
}

// errNothingKept says that there is no refresh token.
var errNothingKept = errors.New("it cannot be renewed")
