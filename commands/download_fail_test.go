package commands_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

const (
	iconURL    = "https://files.example/icon?sig=secret-icon"
	swaggerURL = "https://files.example/swagger?sig=secret-swagger"
	scriptURL  = "https://files.example/script?sig=secret-script"
)

// stale is a folder with files of an older state of the connector, with modes of their own.
func (w *world) stale() {
	w.write("c/apiProperties.json", "{}")
	w.write("c/apiDefinition.swagger.json", "{}")
	w.write("c/icon.png", "old icon")
	w.write("c/settings.json", `{"note": "mine"}`)
	for name, mode := range map[string]os.FileMode{"apiProperties.json": 0o600, "icon.png": 0o640, "settings.json": 0o664} {
		if err := os.Chmod(filepath.Join(w.Dir, "c", name), mode); err != nil {
			w.t.Fatal(err)
		}
	}
}

// TestDownloadFails gives what can be wrong with what the service has. Nothing on disk changes then, whether there are
// older files or no folder at all, and no signature is told.
func TestDownloadFails(t *testing.T) {
	file := func(url, content string) func(w *world) {
		return func(w *world) { w.Service.Files[url] = []byte(content) }
	}
	properties := func(old, new string) func(w *world) {
		return func(w *world) {
			w.Service.Deployed[petsID] = pets(strings.Replace(petsProperties, old, new, 1))
		}
	}
	const blob = "\xef\xbb\xbf<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code></Error>"
	for name, c := range map[string]struct {
		change func(w *world)
		err    string
	}{
		"no connector":  {func(w *world) { delete(w.Service.Deployed, petsID) }, "could not read the connector: 404 ApiResourceNotFound"},
		"broken answer": {func(w *world) { w.Service.Deployed[petsID] = powerapps.Connector{Raw: []byte(`{"properties": {`)} }, "the service's answer about the connector " + petsID + " cannot be used: it is not JSON: line 1, column 17"},
		"no properties": {func(w *world) { w.Service.Deployed[petsID] = powerapps.Connector{Raw: []byte(`{"name": "x"}`)} }, "the service's answer about the connector " + petsID + " has no properties"},
		"no definition": {properties(`"originalSwaggerUrl":`, `"other":`), "the service has no definition of the connector " + petsID},
		"built in": {func(w *world) {
			w.Service.Deployed[petsID] = pets(`{"isCustomApi": false, "iconUri": "https://x/y.png"}`)
		}, petsID + " is no custom connector"},
		"definition gone": {func(w *world) { delete(w.Service.Files, swaggerURL) }, "could not download the definition: 404"},
		"icon gone":       {func(w *world) { delete(w.Service.Files, iconURL) }, "could not download the icon: 404 (nothing was written; paconn-ls download --without icon does without it)"},
		"script gone":     {func(w *world) { delete(w.Service.Files, scriptURL) }, "could not download the script: 404 (nothing was written; paconn-ls download --without script does without it)"},

		"definition is a page":      {file(swaggerURL, "\n<!DOCTYPE html><html>Sorry</html>"), "could not download the definition: what the service gives is not one: it is an HTML page"},
		"definition is an error":    {file(swaggerURL, `{"error": {"code": "NotFound"}}`), `could not download the definition: what the service gives is not one: it is JSON, but no definition of an API`},
		"definition is XML":         {file(swaggerURL, blob), "could not download the definition: what the service gives is not one: it is XML"},
		"definition is cut short":   {file(swaggerURL, "{\"swagger\": \"2.0\",\n\"paths\": {"), "could not download the definition: what the service gives is not one: it is not JSON: line 2, column 11: "},
		"definition is empty":       {file(swaggerURL, ""), "could not download the definition: what the service gives is not one: it is empty"},
		"definition is in UTF-16":   {file(swaggerURL, "\xff\xfe{\x00}\x00"), "could not download the definition: what the service gives is not one: it is in UTF-16"},
		"definition is in UTF-16BE": {file(swaggerURL, "\x00{\x00}"), "could not download the definition: what the service gives is not one: it is in UTF-16"},
		"definition is in Latin-1":  {file(swaggerURL, "{\"swagger\": \"\xe9\"}"), "could not download the definition: what the service gives is not one: it is not in UTF-8"},
		"definition is a list":      {file(swaggerURL, `["swagger"]`), "could not download the definition: what the service gives is not one: it is JSON, but no definition"},
		"definition has remarks":    {file(swaggerURL, "// x\n{\"swagger\": \"2.0\"}"), "could not download the definition: what the service gives is not one: it is not JSON: line 1, column 1"},
		"icon is a page":            {file(iconURL, "<html>"), "could not download the icon: what the service gives is not one: it is an HTML page (nothing was written; paconn-ls download --without icon"},
		"icon is an error":          {file(iconURL, blob), "could not download the icon: what the service gives is not one: it is XML"},
		"icon is JSON":              {file(iconURL, "{}"), "could not download the icon: what the service gives is not one: it is JSON"},
		"icon is empty":             {file(iconURL, ""), "could not download the icon: what the service gives is not one: it is empty"},
		"icon is no picture":        {file(iconURL, "hello"), "could not download the icon: what the service gives is not one: it is no picture"},
		"icon is a packed file":     {file(iconURL, gzipped("-----BEGIN PRIVATE KEY-----")), "could not download the icon: what the service gives is not one: it is no picture"},
		"icon is a packed nothing":  {file(iconURL, gzipped("")), "could not download the icon: what the service gives is not one: it is empty"},
		"script is a page":          {file(scriptURL, "<html>"), "could not download the script: what the service gives is not one: it is an HTML page (nothing was written; paconn-ls download --without script"},
		"script is an error":        {file(scriptURL, blob), "could not download the script: what the service gives is not one: it is XML"},
		"script is JSON":            {file(scriptURL, `{"error": 1}`), "could not download the script: what the service gives is not one: it is JSON"},
		"script is empty":           {file(scriptURL, " \n"), "could not download the script: what the service gives is not one: it is empty"},
	} {
		for _, older := range []string{"files", "no folder"} {
			t.Run(name+", "+older, func(t *testing.T) {
				w := newWorld(t).withPets()
				if older == "files" {
					w.stale()
				}
				c.change(w)
				before := tree(t, w.Dir)
				_, err := w.download(overwrite)
				failsWith(t, err, c.err)
				if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" {
					t.Error(diff)
				}
				if strings.Contains(err.Error(), "secret-") {
					t.Errorf("the error tells a signature: %v", err)
				}
			})
		}
	}
}

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
	return b.String()
}

// TestDownloadIcons gives what counts as an icon.
func TestDownloadIcons(t *testing.T) {
	for name, content := range map[string]string{
		"PNG": png, "JPEG": "\xff\xd8\xff\xe0", "GIF": "GIF89a..", "BMP": "BM....", "WebP": "RIFF\x00\x00\x00\x00WEBPVP8 ", "ICO": "\x00\x00\x01\x00",
		"SVG": "<?xml version=\"1.0\"?>\n<svg/>", "SVG with remarks before it": "<!-- " + strings.Repeat("remarks ", 1000) + "-->\n<svg/>",
		"SVGZ": gzipped("<svg/>"), "TIFF": "II*\x00....", "TIFF of a Mac": "MM\x00*....",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			w.Service.Files[iconURL] = []byte(content)
			if _, err := w.download(nil); err != nil {
				t.Fatal(err)
			}
			if got := w.read("c/icon.png"); got != content {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestDownloadWithout gives addresses that nothing is fetched from, and parts that the user leaves out.
func TestDownloadWithout(t *testing.T) {
	const all = "apiProperties.json created, apiDefinition.swagger.json created, "
	for name, c := range map[string]struct {
		properties *strings.Replacer
		without    []string
		want, err  string
		notes      []string
		icon       string // in settings.json
	}{
		"no icon":         {properties: strings.NewReplacer(`"iconUri":"`+iconURL+`",`, ""), want: all + "script.csx created, settings.json created", icon: "null"},
		"null":            {properties: strings.NewReplacer(`"`+iconURL+`"`, "null"), want: all + "script.csx created, settings.json created", icon: "null"},
		"a relative icon": {properties: strings.NewReplacer(iconURL, "/Content/icons/default.png"), want: all + "script.csx created, settings.json created", icon: "null", notes: []string{"the icon of the connector has an address that nothing can be fetched from, and is left out"}},
		"an icon in itself": {
			properties: strings.NewReplacer(iconURL, "data:image/png;base64,aGk="), want: all + "script.csx created, settings.json created", icon: "null",
			notes: []string{"the icon of the connector has an address that nothing can be fetched from, and is left out"},
		},
		"without icon": {without: []string{"icon"}, want: all + "script.csx created, settings.json created", icon: "null"},
		"without both": {without: []string{"icon", "script"}, want: all + "settings.json created", icon: "null"},
		"without more": {without: []string{"definition"}, err: "--without definition: only icon and script can be left out"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			if c.properties != nil {
				w.Service.Deployed[petsID] = pets(c.properties.Replace(petsProperties))
			}
			got, err := w.download(func(a *commands.DownloadArgs) { a.Without = c.without })
			if !failsWith(t, err, c.err) {
				return
			}
			if files := strings.Join(names(got.Files), ", "); files != c.want {
				t.Errorf("got %s", files)
			}
			if !slices.Equal(w.Notes, c.notes) {
				t.Errorf("notes %q", w.Notes)
			}
			if settings := w.read("c/settings.json"); !strings.Contains(settings, `"icon": `+c.icon) {
				t.Errorf("settings: %s", settings)
			}
		})
	}
}

// eachStep downloads over files, or into no folder, again and again, in a world of its own each time. do is called in the
// middle of the download, one step later each time, and then when it has ended.
func eachStep(t *testing.T, prepare func(w *world), do func(w *world, cancel func()), then func(w *world, step int, err error)) {
	t.Helper()
	for at := 0; ; at++ {
		w := newWorld(t).withPets()
		prepare(w)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		step := 0
		w.Step = func(string, int, int) {
			if step == at {
				do(w, cancel)
			}
			step++
		}
		_, err := w.downloadIn(ctx, overwrite)
		if step <= at {
			if err != nil || at != 14 {
				t.Fatalf("%d steps, error %v", at, err)
			}
			return
		}
		then(w, at, err)
	}
}

func overwrite(a *commands.DownloadArgs) { a.Overwrite = true }

// before are the two ways that a folder is found in.
var before = map[string]func(w *world){"files": (*world).stale, "no folder": func(*world) {}}

// TestDownloadCancelled cancels at each step.
func TestDownloadCancelled(t *testing.T) {
	for name, prepare := range before {
		t.Run(name, func(t *testing.T) {
			twin := newWorld(t)
			prepare(twin)
			eachStep(t, prepare, func(_ *world, cancel func()) { cancel() }, func(w *world, step int, err error) {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("step %d: %v", step, err)
				}
				if diff := cmp.Diff(tree(t, twin.Dir), tree(t, w.Dir)); diff != "" {
					t.Errorf("step %d: %s", step, diff)
				}
			})
		})
	}
}

// TestDownloadMeanwhile has another program change a file at each step. Its change stays, and no other file changes.
func TestDownloadMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		prepare, do func(w *world)
		err         string
	}{
		"changed": {(*world).stale, func(w *world) { w.write("c/settings.json", "theirs") }, "could not write settings.json: it was changed meanwhile by another program"},
		"removed": {(*world).stale, func(w *world) { os.Remove(filepath.Join(w.Dir, "c", "settings.json")) }, "could not write settings.json: it was removed meanwhile"},
		"made":    {func(*world) {}, func(w *world) { w.write("c/settings.json", "theirs") }, "could not write settings.json: it was changed meanwhile by another program"},
	} {
		t.Run(name, func(t *testing.T) {
			twin := newWorld(t)
			c.prepare(twin)
			c.do(twin)
			eachStep(t, c.prepare, func(w *world, _ func()) { c.do(w) }, func(w *world, step int, err error) {
				failsWith(t, err, c.err)
				if diff := cmp.Diff(tree(t, twin.Dir), tree(t, w.Dir)); diff != "" {
					t.Errorf("step %d: %s", step, diff)
				}
			})
		})
	}
}
