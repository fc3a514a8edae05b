package commands

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/powerapps"
)

// who returns whose tokens are sent: the service principal that environment variables describe, or the latest sign-in in
// the cloud, or the one that is named. unread says why the sign-ins could not be read; nil when they could.
func (p placing) who(cloud powerapps.Cloud, unread error) (powerapps.TokenSource, powerapps.Account, error) {
	source, account, ok, err := p.env.Accounts.FromEnvironment(cloud)
	if err != nil && p.where.Account == "" {
		return nil, account, err
	}
	if ok && (p.where.Account == "" || matches(account, p.where.Account)) {
		return source, account, nil
	}
	if unread != nil {
		return nil, account, unread
	}
	account, err = p.account(cloud)
	if err != nil {
		return nil, account, err
	}
	source, err = p.env.Accounts.Source(account, as(cloud, account))
	return source, account, err
}

// account returns the account in a cloud that is named, else one of the settings file's tenant, else the latest.
func (p placing) account(cloud powerapps.Cloud) (powerapps.Account, error) {
	here := inCloud(p.accounts, cloud.Name)
	if len(here) == 0 {
		return powerapps.Account{}, p.nobody(cloud)
	}
	if name := p.where.Account; name != "" {
		return oneOf(here, name)
	}
	if tenant := p.settings.Tenant; !isAny(tenant) {
		i := slices.IndexFunc(here, func(a powerapps.Account) bool { return ofTenant(a, tenant) })
		if i >= 0 {
			return here[i], nil
		}
		p.env.note("%s is for the tenant %s, but nobody is signed in there; %s is used", plain(p.settings.Name), plain(tenant), title(here[0]))
	}
	return here[0], nil
}

// isAny reports whether a tenant is left to the user: not given, or one of Entra's words for that.
func isAny(tenant string) bool {
	return tenant == "" || slices.Contains([]string{"common", "organizations", "consumers"}, strings.ToLower(tenant))
}

func inCloud(accounts []powerapps.Account, cloud string) []powerapps.Account {
	return slices.DeleteFunc(slices.Clone(accounts), func(a powerapps.Account) bool { return !strings.EqualFold(a.Cloud, cloud) })
}

func ofTenant(a powerapps.Account, tenant string) bool {
	return strings.EqualFold(a.Tenant, tenant) || strings.EqualFold(a.TenantID, tenant)
}

// matches reports whether an account is the one of a name: its user or tenant, or both with a slash between them.
func matches(a powerapps.Account, name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if !ofTenant(a, part) && !strings.EqualFold(a.User, part) && !strings.EqualFold(a.ObjectID, part) {
			return false
		}
	}
	return true
}

// oneOf returns the account of that name. The latest counts where the same user signed in to the same tenant twice.
func oneOf(accounts []powerapps.Account, name string) (powerapps.Account, error) {
	found := slices.DeleteFunc(slices.Clone(accounts), func(a powerapps.Account) bool { return !matches(a, name) })
	if len(found) == 0 {
		return powerapps.Account{}, &ArgumentError{"--account", fmt.Sprintf("%s is not signed in; there is %s", plain(name), titles(accounts))}
	}
	for _, a := range found {
		if title(a) != title(found[0]) {
			return powerapps.Account{}, &ArgumentError{"--account", fmt.Sprintf("%s may be %s: give USER/TENANT", plain(name), titles(found))}
		}
	}
	return found[0], nil
}

// title names an account as --account takes it.
func title(a powerapps.Account) string {
	tenant := a.TenantID
	if tenant == "" {
		tenant = a.Tenant
	}
	return strings.Trim(a.User+"/"+tenant, "/")
}

func titles(accounts []powerapps.Account) string {
	var names []string
	for _, a := range accounts {
		if !slices.Contains(names, title(a)) {
			names = append(names, title(a))
		}
	}
	return strings.Join(names, " or ")
}

// nobody says that nobody is signed in to a cloud, and the command that changes it.
func (p placing) nobody(cloud powerapps.Cloud) error {
	command := p.env.program() + " login"
	if cloud.Name != defaultCloud {
		command += " --cloud " + cloud.Name
	}
	if s := p.settings; s.Client+s.Tenant+s.Authority+s.Resource != "" {
		command += " --settings " + s.Name
	}
	problem := "nobody is signed in to the cloud " + cloud.Name
	var elsewhere []string
	for _, a := range p.accounts {
		elsewhere = append(elsewhere, a.User+" in "+a.Cloud)
	}
	if len(elsewhere) > 0 {
		problem += " (but " + strings.Join(elsewhere, ", ") + ")"
	}
	return &powerapps.SignInError{Problem: plain(problem), Way: "⟨run " + plain(command) + "⟩"}
}
