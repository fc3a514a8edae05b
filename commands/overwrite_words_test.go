package commands_test

import (
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
)

// TestOverwriteWords checks what an editor is asked before something is overwritten: sentences, where a terminal is asked
// in paconn's words.
func TestOverwriteWords(t *testing.T) {
	w := newWorld(t).withPets()
	if _, err := w.download(nil); err != nil {
		t.Fatal(err)
	}
	w.write("c/icon.png", "other")
	w.Audience = commands.Editor
	asker := w.asked([]any{false})
	_, err := w.download(nil)
	if err == nil || err.Error() != "nothing was overwritten" {
		t.Errorf("the error is %v", err)
	}
	if want := "What is here would change: icon.png. Overwrite it?"; !slices.Equal(asker.Asked, []string{want}) {
		t.Errorf("asked %q, want %q", asker.Asked, want)
	}

	d := newDeployWorld(t, soundProperties, soundDefinition)
	d.write("settings.json", `{"connectorId": "shared_old"}`)
	d.Audience = commands.Editor
	asker = newAsker(t, false)
	d.Ask = asker
	if _, err := d.create(func(a *commands.CreateArgs) {
		a.Properties, a.Definition = "apiProperties.json", "apiDefinition.swagger.json"
	}); err != nil {
		t.Fatal(err)
	}
	if want := "settings.json is of the connector shared_old. Write the id of the new one into it?"; !slices.Equal(asker.Asked, []string{want}) {
		t.Errorf("asked %q, want %q", asker.Asked, want)
	}
	if strings.Contains(d.read("settings.json"), newID) {
		t.Error("the id was written after a No")
	}
}
