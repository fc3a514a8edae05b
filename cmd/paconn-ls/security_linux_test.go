package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestStarts has every program that could be started by its name write down its arguments, which are searched for secrets
// with all that lies there: one is started, the opener of the browser.
func TestStarts(t *testing.T) {
	t.Parallel()
	browser, err := exec.LookPath("browser")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, "--auto-approve")
	if err := os.Mkdir(w.path("shims"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"xdg-open", "sensible-browser", "open", "security", "dbus-launch", "dbus-daemon", "secret-tool", "sh", "env", "git", "cmd"} {
		end := "exit 1"
		if name == "xdg-open" {
			end = "exec '" + browser + "' \"$@\""
		}
		w.write("shims/"+name, "#!/bin/sh\necho \""+name+" $*\" >>'"+w.path("started")+"'\n"+end+"\n")
		if err := os.Chmod(w.path("shims/"+name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w.env = append(w.env, "PATH="+w.path("shims"), "PACONN_CLOUD=sandbox", "PACONN_TOKEN_CACHE=auto", "DISPLAY=:0", "PACONN_SECRET=a secret of OAuth / 54")
	w.write("work/pets/apiProperties.json", oauthProperties)
	w.run(codeFine, "paconn-ls", "login", "--with", "browser")
	w.run(codeFine, "paconn-ls", "list", "environments")
	w.run(codeFine, "paconn-ls", "update", "-e", home, "-c", orders, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "-x", "pets/script.csx")
	w.keptForMeAlone()
	w.run(codeFine, "paconn-ls", "logout")
	w.nothingIsKept()
	started := strings.Split(strings.TrimSpace(w.read("started")), "\n")
	if len(started) != 1 || !strings.HasPrefix(started[0], "xdg-open "+w.url+"/common/oauth2/v2.0/authorize?") {
		t.Errorf("started: %q", started)
	}
}
