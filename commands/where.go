package commands

import (
	"bytes"
	"encoding/json"
)

// Where says which service an operation talks to, and as whom. The tag opt names the options of the command line, the
// long spelling first; help is their line of help.
type Where struct {
	Cloud            string   `json:"cloud,omitempty" opt:"cloud" help:"the cloud: public, gcc, gcchigh, dod, china, sandbox (default: the last one signed in to)"`
	Account          string   `json:"account,omitempty" opt:"account" help:"which sign-in, by its tenant or user (default: the latest in the cloud)"`
	Settings         string   `json:"settings,omitempty" opt:"settings,s" help:"a settings.json with the options that are not given"`
	PowerAppsURL     string   `json:"powerAppsUrl,omitempty" opt:"pau,u" help:"address of the Power Apps service"`
	PowerAppsVersion string   `json:"powerAppsApiVersion,omitempty" opt:"pav,v" help:"api-version of the Power Apps service"`
	TrustHosts       []string `json:"trustHosts,omitempty" opt:"trust-host" help:"a host outside the known clouds that may be sent your sign-in"`
}

// strictly decodes JSON and refuses what it does not know.
func strictly(raw json.RawMessage, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(into)
}
