package commands

import "paconn-ls/diagnostics"

// optionsFor returns the options that hold for the connector in dir.
func optionsFor(dir string, args CheckArgs) (diagnostics.Options, *Failure) {
	o := diagnostics.Options{Profile: args.Profile, Rules: args.Rules, Deep: true}
	return o, nil
}
