package commands

import "context"

// FileArgs name the files of a connector.
type FileArgs struct {
	Properties string `json:"apiProperties,omitempty" opt:"api-prop,p" help:"the apiProperties.json"`
	Definition string `json:"apiDefinition,omitempty" opt:"api-def,d" help:"the apiDefinition.swagger.json"`
	Icon       string `json:"icon,omitempty" opt:"icon,i" help:"the icon"`
	Script     string `json:"script,omitempty" opt:"script,x" help:"the script"`
}

// DeployArgs is what create and update have in common.
type DeployArgs struct {
	Secret      string   `json:"secret,omitempty" opt:"secret,r" help:"the OAuth client secret; - reads it from standard input, and PACONN_SECRET gives it without showing it to others"`
	DryRun      bool     `json:"dryRun,omitempty" opt:"dry-run" help:"show what would be sent and what would change, and send nothing"`
	NoCheck     bool     `json:"noCheck,omitempty" opt:"no-check" help:"send it even if the local check finds errors"`
	KeepMembers []string `json:"keepMembers,omitempty" opt:"keep-member" help:"a member of the properties to send although the service is known to refuse it: stackOwner"`
}

// CreateArgs says what to create and where.
type CreateArgs struct {
	Environment string `json:"environment,omitempty" opt:"env,e" help:"the environment to create it in"`
	FileArgs
	DeployArgs
	OverwriteSettings bool `json:"overwriteSettings,omitempty" opt:"overwrite-settings,w" help:"write settings.json without asking"`
	Where
}

// UpdateArgs says what to update, and with what.
type UpdateArgs struct {
	Environment string `json:"environment,omitempty" opt:"env,e" help:"the environment of the connector"`
	Connector   string `json:"connectorId,omitempty" opt:"cid,c" help:"the id of the connector"`
	FileArgs
	DeployArgs
	RemoveScript bool   `json:"removeScript,omitempty" opt:"remove-script" help:"take the script away from the connector"`
	Compared     string `json:"compared,omitempty" help:"-"` // the member of that name of a dry run: nothing but what it told of is sent
	Where
}

// DeployResult tells what create and update did, or would do.
type DeployResult struct {
	ConnectorID  string   `json:"connectorId,omitempty"`
	Environment  string   `json:"environment"`
	EnvTitle     string   `json:"environmentTitle,omitempty"` // what the environment is called; of a dry run in an editor, as far as the service tells
	Title        string   `json:"title"`
	DryRun       bool     `json:"dryRun,omitempty"`
	Uploaded     []string `json:"uploaded,omitempty"`     // names of files
	LeftOut      []string `json:"leftOut,omitempty"`      // members of the properties that were not sent
	Changes      []Change `json:"changes,omitempty"`      // against what is deployed; of a dry run and an update
	Unknown      []string `json:"unknown,omitempty"`      // parts of which is not known what would change
	Differences  []Change `json:"differences,omitempty"`  // of what was read back from what was sent
	RedirectURLs []string `json:"redirectUrls,omitempty"` // to register at the identity provider
	SettingsFile string   `json:"settingsFile,omitempty"` // that has the id now; absolute
	NotWritten   string   `json:"notWritten,omitempty"`   // the settings file that should have the id and could not be written; absolute
	Before       string   `json:"before,omitempty"`       // what is deployed, as one JSON text; of a dry run
	After        string   `json:"after,omitempty"`        // what would be sent, without secrets, as one JSON text; of a dry run
	Compared     string   `json:"compared,omitempty"`     // stands for what a dry run of update compared
}

// Change is a difference between two JSON texts.
type Change struct {
	File    string `json:"file"`          // apiDefinition, apiProperties, script or icon
	Pointer string `json:"pointer"`       // into it
	Kind    string `json:"kind"`          // added, removed, changed, reordered
	Old     string `json:"old,omitempty"` // shortened, without secrets
	New     string `json:"new,omitempty"`
}

// Create makes a connector. Everything is checked and asked before the first request that changes something, so that
// nothing fails once the connector is there: what goes wrong from then on is noted, and a settings file that could not be
// written is in the result. Its errors are those of choosing
// where, *ArgumentError, *NeedError, *CheckError, *RefusedError, *powerapps.Error and *powerapps.SignInError.
func Create(ctx context.Context, env *Env, args CreateArgs) (DeployResult, error) {
	d, err := begin(ctx, env, args.Where, args.FileArgs, args.DeployArgs)
	if err != nil {
		return DeployResult{}, err
	}
	d.making = true
	if d.environment, err = d.session.environment(ctx, args.Environment); err != nil {
		return DeployResult{}, err
	}
	if err := d.settle(ctx, deployed{}); err != nil {
		return DeployResult{}, err
	}
	if err := d.noteNamesakes(ctx); err != nil {
		return DeployResult{}, err
	}
	if args.DryRun {
		return d.preview(ctx, deployed{})
	}
	plan, err := d.planSettings(ctx, args)
	if err != nil {
		return DeployResult{}, err
	}
	return d.create(ctx, plan)
}

// Update replaces a connector's definition and properties, and its icon and script where they are given. A script is only
// taken away by RemoveScript. Its errors are those of Create and *ChangedError; to run it again is harmless.
func Update(ctx context.Context, env *Env, args UpdateArgs) (DeployResult, error) {
	if args.RemoveScript && args.Script != "" {
		return DeployResult{}, &ArgumentError{"--remove-script", "there is --script too: give one of them"}
	}
	d, err := begin(ctx, env, args.Where, args.FileArgs, args.DeployArgs)
	if err != nil {
		return DeployResult{}, err
	}
	d.expected = args.Compared
	if args.RemoveScript {
		d.dropScript()
	}
	old, err := d.target(ctx, args)
	if err != nil {
		return DeployResult{}, err
	}
	if err := d.settle(ctx, old); err != nil {
		return DeployResult{}, err
	}
	d.noteTitle(old)
	if args.DryRun {
		return d.preview(ctx, old)
	}
	return d.update(ctx, old)
}
