package commands

import "paconn-ls/internal/connector"

// Settings are what a settings.json says: the fourteen keys that paconn reads. Paths are absolute: in it they count from
// the file's folder, in the manner of paconn from the working folder. What is not there is "".
type Settings struct {
	Path string          // of the file, absolute; "" when there is none
	File *connector.File // as it was read

	ConnectorID, Environment                             string
	Properties, Definition, Icon, Script                 string
	PowerAppsURL, PowerAppsVersion, FlowURL, FlowVersion string
	Client, Tenant, Authority, Resource                  string
}
