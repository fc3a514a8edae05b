package commands_test

import (
	"errors"
	"strings"
	"testing"

	"paconn-ls/commands"
)

// TestCompared checks that an update which names what was compared sends that and nothing else.
func TestCompared(t *testing.T) {
	const deployed = `{"properties":{"displayName":"Pets","iconBrandColor":"#000000"}}`
	for name, c := range map[string]struct {
		properties string // "" for sound ones
		meanwhile  func(w *world)
		asked      int
		refused    bool
	}{
		"all is as it was":                 {meanwhile: func(*world) {}},
		"a secret is asked for afterwards": {properties: withOAuth(`{"token":` + oauthParameter("") + `}`), meanwhile: func(*world) {}, asked: 1},
		"no secret is asked for in vain": {properties: withOAuth(`{"token":` + oauthParameter("") + `}`), refused: true, meanwhile: func(w *world) {
			w.write("apiDefinition.swagger.json", soundDefinition+" ")
		}},
		"the definition changed": {refused: true, meanwhile: func(w *world) {
			w.write("apiDefinition.swagger.json", strings.Replace(soundDefinition, "Keeps pets", "Keeps cats", 1))
		}},
		"the properties changed": {refused: true, meanwhile: func(w *world) {
			w.write("apiProperties.json", strings.Replace(soundProperties, "#2B579A", "#2B579B", 1))
		}},
		"the icon changed to one of the same size": {refused: true, meanwhile: func(w *world) { w.write("icon.png", soundIcon+"2") }},
		"a script came":            {refused: true, meanwhile: func(w *world) { w.write("script.csx", soundScript) }},
		"somebody else changed it": {refused: true, meanwhile: func(w *world) { w.deploy(strings.Replace(deployed, "#000000", "#111111", 1)) }},
	} {
		t.Run(name, func(t *testing.T) {
			if c.properties == "" {
				c.properties = soundProperties
			}
			w := newDeployWorld(t, c.properties, soundDefinition)
			w.write("icon.png", soundIcon+"1")
			w.deploy(deployed)
			asker := newAsker(t, "the-secret")
			w.Ask = asker
			dry, err := w.update(func(a *commands.UpdateArgs) { a.DryRun = true })
			if err != nil || dry.Compared == "" {
				t.Fatalf("the dry run: %v, compared %q", err, dry.Compared)
			}
			c.meanwhile(w)
			result, err := w.update(func(a *commands.UpdateArgs) { a.Compared = dry.Compared })
			if changed := errors.As(err, new(*commands.ChangedError)); changed != c.refused || err != nil && !changed || (w.sent() == "") != c.refused {
				t.Errorf("got %v, sent %s", err, w.sent())
			}
			if err != nil && commands.DataOf(err, commands.Terminal).Kind != "changed" {
				t.Errorf("it counts as %q", commands.DataOf(err, commands.Terminal).Kind)
			}
			if err == nil && len(result.Changes) != len(dry.Changes) {
				t.Errorf("told of %v, the dry run of %v", result.Changes, dry.Changes)
			}
			if len(asker.Asked) != c.asked {
				t.Errorf("asked %q", asker.Asked)
			}
		})
	}
}
