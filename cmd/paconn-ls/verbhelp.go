package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"paconn-ls/commands"
)

// helpText is what the help of a verb says beside its options.
type helpText struct{ use, long, example string }

// verbHelp holds the help of the verbs of the service.
var verbHelp = map[string]helpText{
	"login": {" [OPTIONS]", `Sign in to a cloud of Power Platform, and stay signed in as long as the sign-in can be renewed.

On a desktop the browser opens. Over SSH, in containers, and with --with device-code, a code is shown, to be typed in at a page
of Microsoft's in any browser.

Pipelines need no login: every verb signs in by itself as the service principal that PACONN_TENANT_ID and PACONN_CLIENT_ID
name, with PACONN_CLIENT_SECRET, PACONN_CLIENT_CERTIFICATE, PACONN_FEDERATED_TOKEN_FILE, or what GitHub Actions and Azure
DevOps give. A login with one of these keeps the sign-in on the machine. A secret is never an option: it is taken from
PACONN_CLIENT_SECRET, or asked for.

Tokens are kept encrypted, the key in the system's keyring where there is one; PACONN_TOKEN_CACHE is auto, keyring, file or none.`,
		`  paconn-ls login
  paconn-ls login --with browser --tenant contoso.onmicrosoft.com
  paconn-ls login --cloud gcchigh
  PACONN_CLIENT_SECRET=… paconn-ls login --with client-secret --tenant contoso.onmicrosoft.com --clid 11111111-2222-3333-4444-555555555555`},
	"logout": {" [OPTIONS]", `Sign out, and forget every token of it on this machine. Without options, everywhere.`,
		`  paconn-ls logout
  paconn-ls logout --cloud gcchigh --tenant contoso.us`},
	"status": {" [OPTIONS]", `Show who is signed in, to which cloud and directory, by which means, and until when. The first one is used by the other
verbs when nothing says otherwise.

The exit code is 0 when somebody is signed in, else 1.`,
		`  paconn-ls status
  paconn-ls status --json
  paconn-ls status >/dev/null || paconn-ls login`},
	"list": {" environments|connectors [OPTIONS]", `List the environments that you may use, or the custom connectors of one of them. The id comes first: it is what --env
and --cid take.`,
		`  paconn-ls list environments
  paconn-ls list connectors --env Default-11111111-2222-3333-4444-555555555555
  paconn-ls list connectors -e "$ENVIRONMENT" --json | jq -r '.connectors[].id'`},
	"download": {" [OPTIONS]", `Download a connector: its definition, properties, icon and script, and a settings.json for the other verbs.

The files go into the folder --dest, else into one named after the connector's id, below the working folder. What is there is overwritten after a
question, or with --overwrite; nothing changes before everything is downloaded. JSON is written as UTF-8, indented by
two spaces, in the order of the service, so that what changed is easy to see under version control.

On a terminal the environment and the connector are asked for when they are not given.`,
		`  paconn-ls download
  paconn-ls download -e "$ENVIRONMENT" -c shared_pets-5f0123456789abcdef --dest connectors/pets
  paconn-ls download -s connectors/pets/settings.json --dest connectors/pets --overwrite`},
	"create": {" [OPTIONS]", `Create a connector from its files, and print its id to standard output when that is no terminal.

The files are checked first, as 'paconn-ls check' does; errors stop it, unless --no-check says otherwise. What the service
is known to refuse, stackOwner, is left out of what is sent; the files stay as they are. The new id is kept in settings.json.

Where neither options nor --settings name a file, they are those of the working folder: apiProperties.json,
apiDefinition.swagger.json, icon.png and script.csx. Where some are named, there is no icon and no script but those.

The OAuth client secret comes from PACONN_SECRET, from standard input with --secret -, or is asked for. The redirect
URL to register at the identity provider is told in the end.`,
		`  paconn-ls create
  paconn-ls create --api-prop apiProperties.json --api-def apiDefinition.swagger.json --icon icon.png
  paconn-ls create -e "$ENVIRONMENT" --dry-run
  PACONN_SECRET=… paconn-ls create -e "$ENVIRONMENT" -p apiProperties.json -d apiDefinition.swagger.json -w`},
	"update": {" [OPTIONS]", `Replace a connector's definition and properties by what is in files, and its icon and script where they are given. A
script that is not given stays; --remove-script takes it away.

The files are checked first, as 'paconn-ls check' does; errors stop it, unless --no-check says otherwise. --dry-run shows what
would change against what is deployed, and sends nothing. Afterwards the connector is read back and compared.

Where neither options nor --settings name a file, they are those of the working folder: apiProperties.json,
apiDefinition.swagger.json, icon.png and script.csx. A settings.json is used when --settings names it, and not by itself.`,
		`  paconn-ls update -s settings.json --dry-run
  paconn-ls update -s settings.json
  printf %s "$SECRET" | paconn-ls update -s settings.json --secret -`},
	"validate": {" [OPTIONS]", `Send a definition to the service and show what it says of it, at the place in the file where that can be told.

Without options, it is the apiDefinition.swagger.json of the working folder. This needs a sign-in; 'paconn-ls check' finds most of it, and more, without one. The exit code is 0 when the service has
nothing to say, 1 when it has.`,
		`  paconn-ls validate --api-def apiDefinition.swagger.json
  paconn-ls validate -d apiDefinition.swagger.json --certification`},
}

type flagGroup struct {
	title string
	flags *pflag.FlagSet
}

// flagGroups sorts the flags of a command for reading: those of a verb of the service into what to do it with, then which
// service it is done at.
func flagGroups(cmd *cobra.Command) []flagGroup {
	if _, ok := verbOf(cmd.Name()); !ok {
		return []flagGroup{{"Options", cmd.LocalFlags()}}
	}
	groups := []flagGroup{
		{"Options", pflag.NewFlagSet("", pflag.ContinueOnError)},
		{"Which service, and as whom", pflag.NewFlagSet("", pflag.ContinueOnError)},
		{"Output", pflag.NewFlagSet("", pflag.ContinueOnError)},
	}
	for _, g := range groups {
		g.flags.SortFlags = false
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		m, ours := f.Value.(member)
		switch {
		case ours && m.service:
			groups[1].flags.AddFlag(f)
		case ours:
			groups[0].flags.AddFlag(f)
		default:
			groups[2].flags.AddFlag(f)
		}
	})
	return groups
}

// verbGroups says under which heading each command stands in the help of the program.
var verbGroups = []struct {
	title string
	names []string
}{
	{"Check", []string{"check", "explain"}},
	{"Deploy", []string{"list", "download", "create", "update", "validate"}},
	{"Account", []string{"login", "logout", "status"}},
	{"Other", []string{"serve", "sandbox", "version", "completion", "help"}},
}

// groupVerbs sorts the commands of the program for reading.
func groupVerbs(root *cobra.Command) {
	for _, g := range verbGroups {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title + ":"})
		for _, name := range g.names {
			if cmd, _, err := root.Find([]string{name}); err == nil && cmd != root {
				cmd.GroupID = g.title
			}
		}
	}
	root.SetHelpCommandGroupID("Other")
	root.SetCompletionCommandGroupID("Other")
}

// verbOf returns the verb of the service with a name.
func verbOf(name string) (commands.Verb, bool) {
	for _, v := range commands.Verbs {
		if v.Name == name {
			return v, true
		}
	}
	return commands.Verb{}, false
}
