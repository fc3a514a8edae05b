// Package powerapps is the client of the Power Apps service, as far as custom connectors need it: the clouds it runs in,
// signing in to them, keeping the tokens, and every request. It knows neither connectors' files nor who asks.
package powerapps

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Cloud says where one cloud's services are and for whom their tokens are made. Addresses have a scheme and a host and
// end without a slash; a resource is spelled exactly as the service wants to see it as the audience.
type Cloud struct {
	Name             string `json:"name"`             // "public": what --cloud takes
	Title            string `json:"title"`            // for people
	Authority        string `json:"authority"`        // of Microsoft Entra
	Client           string `json:"client"`           // the application that signs people in
	PowerApps        string `json:"powerApps"`        // the Power Apps service
	PowerAppsVersion string `json:"powerAppsVersion"` // its api-version
	Resource         string `json:"resource"`         // its audience
	Flow             string `json:"flow"`             // the Flow service, which lists environments
	FlowVersion      string `json:"flowVersion"`
	FlowResource     string `json:"flowResource"` // its audience; "" where it takes the token of the Power Apps service

	// Roots are the certificates that this cloud's hosts are trusted by instead of the system's. Only the sandbox has some.
	Roots *x509.CertPool `json:"-"`
}

// What clouds share. The client is the public application of the Azure CLI, which paconn signs in with too.
const (
	azureCLI   = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
	apiVersion = "2016-11-01"
)

// builtin is the table of Microsoft's clouds, as its PowerShell module for Power Apps and its tools for Copilot Studio
// have them. GCC signs in to the public directory (Learn: "Power Apps US Government").
var builtin = []Cloud{
	{
		Name: "public", Title: "Public", Authority: "https://login.microsoftonline.com",
		PowerApps: "https://api.powerapps.com", Resource: "https://service.powerapps.com/",
		Flow: "https://api.flow.microsoft.com",
	},
	{
		Name: "gcc", Title: "US Government (GCC)", Authority: "https://login.microsoftonline.com",
		PowerApps: "https://gov.api.powerapps.us", Resource: "https://gov.service.powerapps.us/",
		Flow: "https://gov.api.flow.microsoft.us", FlowResource: "https://gov.service.flow.microsoft.us/",
	},
	{
		Name: "gcchigh", Title: "US Government (GCC High)", Authority: "https://login.microsoftonline.us",
		PowerApps: "https://high.api.powerapps.us", Resource: "https://high.service.powerapps.us/",
		Flow: "https://high.api.flow.microsoft.us", FlowResource: "https://high.service.flow.microsoft.us/",
	},
	{
		Name: "dod", Title: "US Government (DoD)", Authority: "https://login.microsoftonline.us",
		PowerApps: "https://api.apps.appsplatform.us", Resource: "https://service.apps.appsplatform.us/",
		Flow: "https://api.flow.appsplatform.us", FlowResource: "https://service.flow.appsplatform.us/",
	},
	{
		Name: "china", Title: "China (21Vianet)", Authority: "https://login.chinacloudapi.cn",
		PowerApps: "https://api.powerapps.cn", Resource: "https://service.powerapps.cn",
		Flow: "https://api.flow.microsoft.cn",
	},
}

// Clouds is a table of clouds.
type Clouds []Cloud

// BuiltinClouds returns Microsoft's clouds.
func BuiltinClouds() Clouds {
	out := slices.Clone(builtin)
	for i := range out {
		out[i].Client, out[i].PowerAppsVersion, out[i].FlowVersion = azureCLI, apiVersion, apiVersion
	}
	return out
}

// Named returns the cloud of a name, whose case does not matter. The error names those that there are, or says how to
// start a sandbox.
func (c Clouds) Named(name string) (Cloud, error) {
	if i := c.index(name); i >= 0 {
		return c[i], nil
	}
	if strings.EqualFold(name, SandboxCloud) {
		return Cloud{}, errors.New("no sandbox is running: start one with paconn-ls sandbox (under the same PACONN_CONFIG_DIR)")
	}
	return Cloud{}, fmt.Errorf("there is no cloud %q, only %s", name, strings.Join(c.names(), ", "))
}

// OfPowerApps returns the cloud whose Power Apps service a URL leads to.
func (c Clouds) OfPowerApps(address string) (Cloud, bool) {
	i := slices.IndexFunc(c, func(cloud Cloud) bool { return HostOf(cloud.PowerApps) == HostOf(address) })
	if i < 0 {
		return Cloud{}, false
	}
	return c[i], true
}

// Knows reports whether a host is one that some cloud of the table sends tokens to or signs in at.
func (c Clouds) Knows(host string) bool {
	return slices.ContainsFunc(c, func(cloud Cloud) bool {
		return slices.Contains(cloud.Hosts(), host) || HostOf(cloud.Authority) == host
	})
}

// Hosts are those that a token of the cloud may be sent to, with their ports where these are not the usual.
func (c Cloud) Hosts() []string { return []string{HostOf(c.PowerApps), HostOf(c.Flow)} }

// HostOf returns the host of a URL in lower case, with its port when it is not the usual one; "" when it has none.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(u.Host, ":443"))
}
