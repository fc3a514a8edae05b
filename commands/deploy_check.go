package commands

import (
	"context"
	"fmt"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/report"
)

// inspect checks the files that are sent the way that the verb check does, by the paconn-ls.json that holds for them. What
// is an error there is a *CheckError here. Other files of the folder count as far as rules look at them, and nothing is
// told of them.
func inspect(ctx context.Context, s shipment) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the files could not be checked, which is a defect of paconn-ls: %v; --no-check sends them all the same", r)
		}
	}()
	c := assembleAround(s)
	options, problems, failures := optionsFor(c, CheckArgs{})
	if len(failures) > 0 {
		return fmt.Errorf("read the configuration of the check: %w", failures[0].Err)
	}
	for _, p := range report.All(diagnostics.Check(ctx, c, options)) {
		if p.Severity == diagnostics.Error && s.has(p.Path) {
			problems = append(problems, p)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if len(problems) > 0 {
		return &CheckError{Problems: problems}
	}
	return nil
}

// plausible refuses an icon that is no picture and a script without the class that every script has. A settings.json, whoever
// wrote it, names any file of the machine, and what is sent others can read: a private key must not be among it.
func (e *Env) plausible(s shipment) error {
	refuse := func(f *connector.File, why string) error {
		return &ArgumentError{e.shown(f.Path), fmt.Sprintf("this is no %s: %s; --no-check sends it all the same", f.Role, why)}
	}
	if s.icon != nil {
		if err := checkIcon([]byte(s.icon.Content.String())); err != nil {
			return refuse(s.icon, err.Error())
		}
	}
	if s.script != nil && !strings.Contains(s.script.Content.String(), "ScriptBase") {
		return refuse(s.script, "it has no class that derives from ScriptBase")
	}
	return nil
}

// assembleAround returns the connector in the folder of the properties with the files that are sent in their parts.
func assembleAround(s shipment) *connector.Connector {
	c := connector.Assemble(s.dir(), Disk{})
	for _, f := range s.files() {
		c = c.With(f)
	}
	return c
}

func (s shipment) has(path string) bool {
	for _, f := range s.files() {
		if f.Path == path {
			return true
		}
	}
	return false
}
