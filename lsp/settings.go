package lsp

import (
	"context"
	"maps"
	"reflect"
	"time"

	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/internal/jsondoc"
)

// settingsSection is the part of an editor's settings that is ours.
const settingsSection = "paconn"

// settingsPatience is how long the look for connectors waits for the editor's settings.
const settingsPatience = 5 * time.Second

// initialization is what the client's initializationOptions say.
type initialization struct {
	syntax   bool // report mistakes of plain JSON; a client with a JSON server of its own says false
	config   commands.Config
	problems []commands.ConfigProblem
}

func initOptions(raw []byte) initialization {
	out := initialization{syntax: true}
	root := jsondoc.Parse(string(raw)).Root()
	if v := root.Get("syntax"); v.IsBool() {
		out.syntax = v.IsTrue()
	}
	out.config, out.problems = commands.ConfigOf(ours(root))
	return out
}

// ours returns the part of some settings that is ours: the section by its name, or all when it is not there.
func ours(settings jsondoc.Value) jsondoc.Value {
	if section := settings.Get(settingsSection); section.Exists() {
		return section
	}
	return settings
}

// didChangeConfiguration takes settings that the client sends along, and asks for them when it would rather be asked.
func (s *server) didChangeConfiguration(p *protocol.DidChangeConfigurationParams) {
	if s.client.configuration {
		s.spawn("settings", func() { s.askSettings(s.ctx) })
		return
	}
	if root := jsondoc.Parse(string(p.Settings)).Root(); root.IsObject() {
		s.configure(ours(root))
	}
}

// askSettings asks the client for our section of its settings.
func (s *server) askSettings(ctx context.Context) {
	if !s.client.configuration {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, settingsPatience)
	defer cancel()
	var answer []protocol.LSPAny
	params := &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: ptr(settingsSection)}}}
	if s.call(ctx, protocol.MethodWorkspaceConfiguration, params, &answer) != nil || len(answer) == 0 {
		return
	}
	if root := jsondoc.Parse(string(answer[0])).Root(); root.IsObject() {
		s.configure(root)
	}
}

// configure puts settings of the editor into force.
func (s *server) configure(settings jsondoc.Value) {
	config, problems := commands.ConfigOf(settings)
	for _, p := range problems {
		s.log.Warn("a setting cannot be followed", "problem", p.Message)
	}
	s.update(atOnce, func(u *update) {
		if reflect.DeepEqual(u.editor, config) {
			return
		}
		u.editor = config
		for _, unit := range maps.Clone(u.units) {
			u.put(unit.connector, unit.config)
		}
	})
}
