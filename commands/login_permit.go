package commands

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/powerapps"
)

// permit puts what is wanted into the cloud that is signed in to, as far as the user wants it.
func (l login) permit(in *powerapps.SignIn) error {
	if l.authority.url != "" {
		base, err := l.permitAuthority(in.Cloud)
		if err != nil {
			return err
		}
		in.Cloud.Authority = base
	}
	if r := l.resource; r.url != "" && !sameResource(in.Cloud.Resource, r.url) {
		if !l.used(func(a powerapps.Account) bool { return sameResource(a.Resource, r.url) }) {
			if err := l.permitWord(r, "tokens for "+plain(r.url), "an audience of the cloud "+in.Cloud.Name, "--resource"); err != nil {
				return err
			}
		}
		in.Cloud.Resource = r.url
	}
	if c := l.client; c.url != "" && !strings.EqualFold(c.url, in.Cloud.Client) {
		known := l.used(func(a powerapps.Account) bool { return strings.EqualFold(a.Client, c.url) })
		if isPerson(in.Means) && !known { // the secret of a service principal is of use with its own application only
			if err := l.permitWord(c, "you to sign in with the application "+plain(c.url), "an application of the cloud "+in.Cloud.Name, "--clid"); err != nil {
				return err
			}
		}
		in.Cloud.Client = c.url
	}
	return nil
}

// used reports whether somebody is signed in already with what a settings file wants, which was permitted then.
func (l login) used(which func(powerapps.Account) bool) bool {
	return slices.ContainsFunc(l.accounts, which)
}

// permitAuthority returns scheme and host of the authority that is wanted.
func (l login) permitAuthority(cloud powerapps.Cloud) (string, error) {
	base, host, err := l.guard.clean(l.authority)
	if err != nil || host == powerapps.HostOf(cloud.Authority) {
		return base, err
	}
	for _, c := range l.clouds {
		if powerapps.HostOf(c.Authority) == host {
			l.env.note("%s is where people of the cloud %s sign in, not those of the cloud %s", base, c.Name, cloud.Name)
			return base, nil
		}
	}
	if l.used(func(a powerapps.Account) bool { return powerapps.HostOf(a.Authority) == host }) {
		return base, nil
	}
	return base, l.guard.host(l.authority, host, "what you sign in with")
}

// permitWord lets a settings file have its way only where the user says yes. What the user gives as an option is his yes.
func (l login) permitWord(a address, what, kind, opt string) error {
	if a.option != "" {
		return nil
	}
	name := plain(l.settings.Name)
	question := fmt.Sprintf("The %s of %s wants %s, which is not %s. Do you trust it?", a.key, name, what, kind)
	way := fmt.Sprintf("it wants %s, which is not %s; if you trust it, say so with %s %s", what, kind, opt, plain(a.url))
	return l.guard.confirm(a, question, way)
}
