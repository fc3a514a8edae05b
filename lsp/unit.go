package lsp

import (
	"context"
	"sync/atomic"
	"time"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

// depth says how much a check looks at.
type depth uint8

const (
	live depth = iota // the rules that are quick enough while somebody types
	deep              // every rule
)

// unit is a connector together with the options it is checked with. It never changes, and what checking it finds is
// computed once, whoever asks: the push of diagnostics, a pull, a code action.
type unit struct {
	connector *connector.Connector
	config    *connector.File // the paconn-ls.json that holds for it, or nil
	options   diagnostics.Options

	busy  chan struct{} // held by whoever checks
	found [2]atomic.Pointer[findings]
}

// findings is what a check has found.
type findings struct {
	byPath map[string][]diagnostics.Diagnostic
	cost   time.Duration
}

func newUnit(c *connector.Connector, config *connector.File, options diagnostics.Options) *unit {
	return &unit{connector: c, config: config, options: options, busy: make(chan struct{}, 1)}
}

// inherit takes over what was found for a connector and options that are the same.
func (u *unit) inherit(old *unit) {
	for d := range u.found {
		u.found[d].Store(old.found[d].Load())
	}
}

// known returns what the deepest check so far has found; nil before the first.
func (u *unit) known() *findings {
	if f := u.found[deep].Load(); f != nil {
		return f
	}
	return u.found[live].Load()
}

// check returns what a check of at least that depth finds.
func (u *unit) check(ctx context.Context, d depth) (*findings, error) {
	if f := u.atLeast(d); f != nil {
		return f, nil
	}
	select {
	case u.busy <- struct{}{}:
		defer func() { <-u.busy }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if f := u.atLeast(d); f != nil {
		return f, nil
	}
	options := u.options
	options.Deep = d == deep
	start := time.Now()
	all := diagnostics.Check(ctx, u.connector, options)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := &findings{byPath: map[string][]diagnostics.Diagnostic{}, cost: time.Since(start)}
	for _, x := range all {
		f.byPath[x.File.Path] = append(f.byPath[x.File.Path], x)
	}
	u.found[d].Store(f)
	return f, nil
}

// atLeast returns what a check of that depth or a deeper one has found; nil when there was none yet.
func (u *unit) atLeast(d depth) *findings {
	if f := u.found[deep].Load(); f != nil {
		return f
	}
	if f := u.found[live].Load(); d == live || f != nil && !hasDeep(u.options) {
		return f
	}
	return nil
}

// hasDeep reports whether any rule that is switched on runs in the deep check only.
func hasDeep(o diagnostics.Options) bool {
	for _, r := range diagnostics.All {
		if r.Deep && o.Severity(r) != diagnostics.Off {
			return true
		}
	}
	return false
}

// parsedConfig is what a paconn-ls.json says.
type parsedConfig struct {
	config   commands.Config
	problems []commands.ConfigProblem
}

var configOf = connector.NewMemo(func(f *connector.File) parsedConfig {
	config, problems := commands.ConfigIn(f.Doc())
	return parsedConfig{config, problems}
})

// configFindings returns what is wrong with a paconn-ls.json. The mistakes of its JSON are left out where the rules report
// them, or the client's JSON server.
func configFindings(f *connector.File, s *snapshot) []diagnostics.Diagnostic {
	quiet := s.othersReport(f.Path) || len(s.workspace.Users(f.Path)) > 0
	var out []diagnostics.Diagnostic
	for _, p := range configOf.Of(f).problems {
		if p.Syntax && quiet {
			continue
		}
		out = append(out, diagnostics.Diagnostic{File: f, Span: p.Span, Rule: commands.ConfigRule, Severity: diagnostics.Error, Message: p.Message, Source: diagnostics.Source})
	}
	return out
}
