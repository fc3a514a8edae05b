package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"paconn-ls/powerapps"
)

// cloud returns the cloud that is talked to, with the addresses and versions that the options and the settings file put
// in the place of its own.
func (p placing) cloud(ctx context.Context) (powerapps.Cloud, error) {
	powerApps := p.address(option{"--pau", p.where.PowerAppsURL, "powerAppsUrl", p.settings.PowerAppsURL})
	flow := p.address(option{Key: "flowUrl", Set: p.settings.FlowURL})
	cloud, err := p.named(powerApps, flow)
	if err != nil {
		return powerapps.Cloud{}, err
	}
	guard := p.env.guard(ctx, p.where.TrustHosts, p.settings, p.clouds)
	for _, x := range []struct {
		to   *string
		from address
	}{{&cloud.PowerApps, powerApps}, {&cloud.Flow, flow}} {
		if x.from.url == "" {
			continue
		}
		if *x.to, err = guard.service(x.from, cloud, *x.to, p.where.Cloud); err != nil {
			return powerapps.Cloud{}, err
		}
	}
	version := p.env.over(p.settings, option{"--pav", p.where.PowerAppsVersion, "powerAppsApiVersion", p.settings.PowerAppsVersion})
	put(&cloud.PowerAppsVersion, version)
	put(&cloud.FlowVersion, p.settings.FlowVersion)
	return cloud, nil
}

// put sets a value that something else is said of.
func put(to *string, value string) {
	if value != "" {
		*to = value
	}
}

// address is an address and who says it.
type address struct {
	url    string
	key    string // of the settings file, or the option
	option string // "--pau" when the user gave it, "" when the settings file says it
}

// address returns the address that holds.
func (p placing) address(o option) address {
	if p.env.prefers(p.settings, o) {
		return address{url: o.Value, key: o.Name, option: o.Name}
	}
	return address{url: o.Set, key: o.Key}
}

// named returns the cloud that is meant: the one of --cloud, of an address that is given, of PACONN_CLOUD, of an address
// in the settings file, of the latest sign-in; the public one when nothing says more.
func (p placing) named(powerApps, flow address) (powerapps.Cloud, error) {
	if p.where.Cloud != "" {
		return p.env.byName(p.clouds, "--cloud", p.where.Cloud)
	}
	if cloud, ok := p.holds(powerApps.url); ok && powerApps.option != "" {
		return cloud, nil
	}
	if name := p.env.getenv("PACONN_CLOUD"); name != "" {
		return p.env.byName(p.clouds, "PACONN_CLOUD", name)
	}
	for _, a := range []address{powerApps, flow} {
		if cloud, ok := p.holds(a.url); ok {
			return cloud, nil
		}
	}
	if len(p.accounts) > 0 {
		return p.latest(p.accounts[0])
	}
	return p.clouds.Named(defaultCloud)
}

// latest returns the cloud of the latest sign-in. That it is there no more, as a sandbox that was stopped, is an error: who
// worked with a sandbox does not mean the real service.
func (p placing) latest(account powerapps.Account) (powerapps.Cloud, error) {
	cloud, err := p.clouds.Named(account.Cloud)
	if err != nil {
		return cloud, &ArgumentError{"the latest sign-in", fmt.Sprintf("it is to the cloud %s, but %v; or give --cloud, or forget it with %s logout --cloud %s",
			account.Cloud, err, p.env.program(), account.Cloud)}
	}
	return cloud, nil
}

const defaultCloud = "public"

// byName returns the cloud that somebody names.
func (e *Env) byName(clouds powerapps.Clouds, by, name string) (powerapps.Cloud, error) {
	cloud, err := clouds.Named(name)
	if err != nil {
		return cloud, &ArgumentError{by, err.Error()}
	}
	return cloud, nil
}

// holds returns the cloud that an address is of. Where several share it, it is the one that was signed in to last.
func (p placing) holds(url string) (powerapps.Cloud, bool) {
	if url == "" {
		return powerapps.Cloud{}, false
	}
	found := cloudsOf(p.clouds, powerapps.HostOf(url))
	if len(found) == 0 {
		return powerapps.Cloud{}, false
	}
	for _, account := range p.accounts {
		for _, cloud := range found {
			if strings.EqualFold(cloud.Name, account.Cloud) {
				return cloud, true
			}
		}
	}
	return found[0], true
}

// cloudsOf returns the clouds whose services are at a host.
func cloudsOf(clouds powerapps.Clouds, host string) powerapps.Clouds {
	host = withoutRing(host)
	return slices.DeleteFunc(slices.Clone(clouds), func(c powerapps.Cloud) bool { return !slices.Contains(c.Hosts(), host) })
}

// withoutRing returns the host of the public service for those of its test rings, which take the same tokens.
func withoutRing(host string) string {
	ring, rest, _ := strings.Cut(host, ".")
	if rest == "api.powerapps.com" && slices.Contains([]string{"tip1", "tip2", "preview"}, ring) {
		return rest
	}
	return host
}
