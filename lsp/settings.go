package lsp

import (
	"reflect"
	"time"

	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/internal/jsondoc"
)

// settingsSection is the part of an editor's settings that is ours.
const settingsSection = "paconn"

// patience is how long work of ours waits for a client that owes an answer.
const patience = 5 * time.Second

// initialization is what the client's initializationOptions say.
type initialization struct {
	syntax   bool // report mistakes of plain JSON; a client with a JSON server of its own says false
	asks     bool // the client answers questions of our own
	settings settings
	problems []commands.ConfigProblem
}

func initOptions(raw []byte) initialization {
	out := initialization{syntax: true}
	root := jsondoc.Parse(string(raw)).Root()
	if v := root.Get("syntax"); v.IsBool() {
		out.syntax = v.IsTrue()
	}
	out.asks = root.Get("asks").IsTrue()
	out.settings, out.problems = settingsOf(ours(root))
	return out
}

// settings are those of the editor.
type settings struct {
	config      commands.Config
	environment string // where nothing else names one
}

func settingsOf(root jsondoc.Value) (settings, []commands.ConfigProblem) {
	config, problems := commands.ConfigOf(root)
	return settings{config, root.Get("environment").Text()}, problems
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
		s.settings.request(s, "settings", s.askSettings)
		return
	}
	if root := jsondoc.Parse(string(p.Settings)).Root(); root.IsObject() {
		s.configure(ours(root))
	}
}

// askSettings asks the client for our section of its settings.
func (s *server) askSettings() {
	if !s.client.configuration {
		return
	}
	var answer []protocol.LSPAny
	params := &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: ptr(settingsSection)}}}
	if s.call(s.ctx, protocol.MethodWorkspaceConfiguration, params, &answer) != nil || len(answer) == 0 {
		return
	}
	if root := jsondoc.Parse(string(answer[0])).Root(); root.IsObject() {
		s.configure(root)
	}
}

// configure puts settings of the editor into force.
func (s *server) configure(given jsondoc.Value) {
	now, problems := settingsOf(given)
	for _, p := range problems {
		s.log.Warn("a setting cannot be followed", "problem", p.Message)
	}
	s.update(atOnce, func(u *update) {
		u.environment = now.environment
		if reflect.DeepEqual(u.editor, now.config) {
			return
		}
		u.editor = now.config
		for _, unit := range u.units.All() {
			u.put(unit.connector, unit.config)
		}
	})
}
