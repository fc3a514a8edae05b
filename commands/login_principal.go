package commands

import (
	"cmp"
	"context"
	"strings"

	"paconn-ls/powerapps"
)

// principal adds what a service principal needs. Secrets come from environment variables, or are asked for.
func (l login) principal(ctx context.Context, in *powerapps.SignIn) error {
	getenv := l.env.getenv
	in.Tenant = cmp.Or(l.tenant, getenv("PACONN_TENANT_ID"))
	if l.client.url == "" {
		in.Cloud.Client = getenv("PACONN_CLIENT_ID")
	}
	if in.Means == powerapps.ManagedIdentity {
		in.IdentityClient = in.Cloud.Client
		if v := l.variables; l.client.url == "" && v.described && v.account.Means == in.Means {
			in.IdentityClient = v.account.From // nothing for the identity of the machine itself
		}
		return nil
	}
	if in.Tenant == "" {
		return &NeedError{What: "tenant", Option: "--tenant or PACONN_TENANT_ID", Hint: "a service principal belongs to one directory"}
	}
	if in.Cloud.Client == "" {
		return &NeedError{What: "clientId", Option: "--clid or PACONN_CLIENT_ID", Hint: "the application that was registered for it"}
	}
	if err := tenantIs(in.Tenant); err != nil {
		return err
	}
	switch in.Means {
	case powerapps.ClientSecret:
		return l.secret(ctx, in)
	case powerapps.Certificate:
		in.Certificate = l.env.path(cmp.Or(l.args.Certificate, getenv("PACONN_CLIENT_CERTIFICATE")))
		in.CertPassword = cmp.Or(in.CertPassword, getenv("PACONN_CLIENT_CERTIFICATE_PASSWORD"))
		if in.Certificate == "" {
			return &NeedError{What: "certificate", Option: "--certificate or PACONN_CLIENT_CERTIFICATE"}
		}
	case powerapps.Federated:
		in.FederatedToken = l.env.path(cmp.Or(l.args.FederatedToken, getenv("PACONN_FEDERATED_TOKEN_FILE")))
	}
	return nil
}

func (l login) secret(ctx context.Context, in *powerapps.SignIn) error {
	in.Secret = cmp.Or(in.Secret, l.env.getenv("PACONN_CLIENT_SECRET"))
	if in.Secret != "" {
		return nil
	}
	if l.env.Ask == nil {
		return &NeedError{What: "clientSecret", Option: "PACONN_CLIENT_SECRET", Hint: "an environment variable; a secret is no option, because others see those"}
	}
	var err error
	in.Secret, err = l.env.Ask.Secret(ctx, "Client secret of "+plain(in.Cloud.Client))
	return err
}

// tenantIs refuses what cannot be a tenant: it becomes a part of an address.
func tenantIs(tenant string) error {
	if tenant != "" && (strings.Contains(tenant, "..") || strings.ContainsFunc(tenant, unsound)) {
		return &ArgumentError{"--tenant", plain(tenant) + " is no tenant: give its id or a domain of it"}
	}
	return nil
}
