package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"paconn-ls/powerapps"
)

// guard keeps a sign-in from hosts that only a file of the workspace speaks for.
type guard struct {
	ctx      context.Context
	env      *Env
	settings Settings
	clouds   powerapps.Clouds
	trusted  map[string]bool // hosts that the user said yes to
}

// guard returns a guard that trusts the hosts that are given, and those of PACONN_TRUST_HOSTS.
func (e *Env) guard(ctx context.Context, hosts []string, settings Settings, clouds powerapps.Clouds) guard {
	g := guard{ctx, e, settings, clouds, map[string]bool{}}
	more := strings.FieldsFunc(e.getenv("PACONN_TRUST_HOSTS"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	for _, host := range slices.Concat(hosts, more) {
		if !strings.Contains(host, "://") {
			host = "https://" + host
		}
		g.trusted[powerapps.HostOf(host)] = true
	}
	return g
}

// service returns an address of a service, without its path, when tokens of the cloud may be sent there. It is the cloud's
// own when the settings file has one of another cloud and the user named the cloud, or it is the sandbox: nothing of what
// was meant for the real service is touched then.
func (g guard) service(a address, cloud powerapps.Cloud, own, named string) (string, error) {
	base, host, err := g.clean(a)
	if err != nil {
		return "", err
	}
	others := cloudsOf(g.clouds, host)
	switch {
	case slices.Contains(cloud.Hosts(), withoutRing(host)):
		return base, nil
	case a.option == "" && (cloud.Name == powerapps.SandboxCloud || named != "" && len(others) > 0):
		g.env.note("the cloud %s goes over the %s of %s, %s", cloud.Name, a.key, plain(g.settings.Name), shown(base))
		return own, nil
	case len(others) > 0:
		return "", &ArgumentError{g.source(a), fmt.Sprintf("%s is of the cloud %s, but the cloud is %s: give --cloud %s, or another address",
			base, others[0].Name, cloud.Name, others[0].Name)}
	case g.clouds.Knows(host):
		return "", &ArgumentError{g.source(a), base + " is where people sign in, not a service"}
	}
	return base, g.host(a, host, "your sign-in to the cloud "+cloud.Name)
}

// host returns an error unless the user wants what (his sign-in) to go to a host that no cloud knows.
func (g guard) host(a address, host, what string) error {
	switch {
	case g.trusted[host]:
		return nil
	case a.option != "":
		g.env.note("%s is sent to %s, as %s says", what, shown(host), a.option)
		return nil
	}
	question := fmt.Sprintf("The %s of %s sends %s to %s, which is no host of a known cloud. Do you trust it?", a.key, plain(g.settings.Name), what, shown(host))
	way := fmt.Sprintf("it would send %s to %s, which is no host of a known cloud; if you trust it, say so with --trust-host %s or PACONN_TRUST_HOSTS", what, shown(host), shown(host))
	return g.confirm(a, question, way)
}

// confirm asks the user for a yes. Where nobody can be asked, and where the answer is no, it is an error.
func (g guard) confirm(a address, question, way string) error {
	if g.env.Ask == nil {
		return &ArgumentError{g.source(a), way}
	}
	yes, err := g.env.Ask.Confirm(g.ctx, question)
	if err != nil {
		return err
	}
	if !yes {
		return &ArgumentError{g.source(a), "you do not trust what it says, so nothing was sent"}
	}
	return nil
}

// source names where an address stands.
func (g guard) source(a address) string {
	if a.option != "" {
		return a.option
	}
	return fmt.Sprintf("%s, %s", plain(g.settings.Name), a.key)
}

// shown returns a host as it can be shown: a letter of another script looks like the one of a host that people know.
func shown(host string) string { return strings.Trim(strconv.QuoteToASCII(host), `"`) }

// clean returns scheme and host of an address, and the host as powerapps.HostOf spells it. It says what it leaves out.
func (g guard) clean(a address) (base, host string, err error) {
	u, err := url.Parse(a.url)
	switch {
	case err != nil || u.Host == "":
		return "", "", &ArgumentError{g.source(a), fmt.Sprintf("%s is no address; one looks like https://api.powerapps.com", plain(a.url))}
	case u.Scheme != "https":
		return "", "", &ArgumentError{g.source(a), fmt.Sprintf("%s is refused: a sign-in is sent over https only", plain(powerapps.WithoutQuery(a.url)))}
	case u.User != nil:
		return "", "", &ArgumentError{g.source(a), fmt.Sprintf("an address with a user in it is refused; its host is %s", shown(u.Host))}
	}
	if rest := strings.Trim(u.Path, "/"); rest != "" || u.RawQuery != "" {
		g.env.note("%s: only https://%s of it is used", g.source(a), shown(u.Host))
	}
	host = powerapps.HostOf(a.url)
	return "https://" + host, host, nil
}
