package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// differences are those in which our requests are not paconn's. Each is named in docs/paconn.md, by the words here, and
// each is seen in a case of testdata/wire, unless it says why not.
var differences = []struct {
	name, words string
	unseen      string // why no case shows it
}{
	{name: "agent", words: "`User-Agent` is `paconn-ls/VERSION`"},
	{name: "connection", words: "`Accept-Encoding` and `Connection` are those of Go"},
	{name: "sign-in", words: "Sign-in is that of MSAL"},
	{name: "flow", words: "Listing environments asks the Power Apps service where the Flow service refuses"},
	{name: "pages", words: "further pages are fetched"},
	{name: "upload", words: "An upload is one request of any size", unseen: "nobody has recorded what paconn sends of a file over 64 MB"},
	{name: "escaped", words: "`iconUri` and `scriptDefinitionUrl` have the file's name escaped"},
	{name: "script", words: "An update without a script does not send `scriptDefinitionUrl` as `\"\"`"},
	{name: "members", words: "Members that the service refuses (`stackOwner`, and `$schema` beside `properties`) are not sent"},
	{name: "blanks", words: "UTF-8 without blanks rather than ASCII with `\\u` escapes"},
	{name: "numbers", words: "numbers are spelled as in the file"},
	{name: "as-it-is", words: "`validate` sends the file as it is"},
	{name: "certification", words: "`validate` asks for the rules of the certification only with `--certification`"},
	{name: "description", words: "A definition without a description is sent"},
	{name: "secret", words: "`--secret` goes into every OAuth parameter"},
	{name: "certificate", words: "but those that sign in with a certificate"},
	{name: "same-name", words: "When icon and script have the same name"},
	{name: "redirect", words: "Redirects are followed for reading only"},
	{name: "elsewhere", words: "a token goes to https hosts of the chosen cloud and nowhere else"},
	{name: "repeated", words: "Requests that can be repeated without harm are repeated"},
	{name: "limits", words: "There are time limits"},
	{name: "reads", words: "Requests that only read are added"},
}

// TestWire compares the requests of each verb with those that paconn 0.0.21 sends for the same arguments and files, as
// they were recorded: in method, host, path, query, headers and body, in their order. It does so under both names of the
// program.
func TestWire(t *testing.T) {
	cases, err := filepath.Glob(filepath.Join("testdata", "wire", "*.txtar"))
	if err != nil || len(cases) < 10 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	var seen sync.Map
	t.Run("cases", func(t *testing.T) {
		for _, path := range cases {
			c := readWireCase(t, path)
			for _, program := range c.programs() {
				t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+program, func(t *testing.T) {
					t.Parallel()
					for name := range c.compare(t, program) {
						seen.Store(name, true)
					}
				})
			}
		}
	})
	for _, d := range differences {
		if _, ok := seen.Load(d.name); ok == (d.unseen != "") && !t.Failed() {
			t.Errorf("the difference %s is seen: %v, and that it cannot be, because %q", d.name, ok, d.unseen)
		}
	}
}

// TestWireIsDocumented holds the page about paconn to the differences that there are: all of them, and no others.
func TestWireIsDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "paconn.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Requests\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var items []string
	for _, item := range strings.Split("\n"+section, "\n- ")[1:] {
		items = append(items, strings.Join(strings.Fields(item), " "))
	}
	if len(items) < 10 {
		t.Fatalf("the section Requests has %d items", len(items))
	}
	told := map[int]bool{}
	for _, d := range differences {
		i := slices.IndexFunc(items, func(item string) bool { return strings.Contains(item, d.words) })
		if i < 0 {
			t.Errorf("the page does not say: %s", d.words)
		}
		told[i] = true
	}
	for i, item := range items {
		if !told[i] {
			t.Errorf("the page says what no case knows of: %s", item)
		}
	}
}

// compare runs the case under a name of the program and returns the differences that it shows.
func (c *wireCase) compare(t *testing.T, program string) map[string]bool {
	p := signedIn(t)
	v := variables{"HOST": strings.TrimPrefix(p.sandbox.URL(), "https://"), "SERVICE": p.sandbox.URL(), "ENV": sandbox.Environments[0].Name, "CID": orders}
	_, v["PORT"], _ = strings.Cut(v["HOST"], ":")
	p.dir = c.lay(t, p.dir, v)
	p.env = append(p.env, slices.Concat(c.lines(v, "variables")...)...)
	for _, args := range c.lines(v, "before") {
		if code, _, stderr := p.start(append([]string{"paconn-ls"}, args...)...).end(); code != codeFine {
			t.Fatalf("%s: %d\n%s", args, code, stderr)
		}
	}
	for _, text := range c.lines(v, "faults") {
		fault, err := sandbox.ParseFault(strings.Join(text, " "))
		if err != nil {
			t.Fatal(err)
		}
		p.sandbox.Fail(fault)
	}
	p.sandbox.Forget()
	args := append([]string{program}, slices.Concat(slices.Concat(c.lines(v, "command")...), slices.Concat(c.lines(v, program)...))...)
	code, said := c.run(p, args)
	if want := c.code(program); code != want {
		t.Fatalf("exit code %d, want %d\n%s", code, want, said)
	}
	m := comparison{t: t, dir: p.dir, vars: v, got: p.sandbox.Requests(), shown: map[string]bool{}}
	m.sequence(c.wanted(t, v), c.lines(v, "added"))
	for _, name := range c.instead() {
		m.shown[name] = true
	}
	if got, want := slices.Sorted(maps.Keys(m.shown)), c.differences(program); !slices.Equal(got, want) {
		t.Errorf("differences %q, want %q", got, want)
	}
	if t.Failed() {
		for _, r := range m.got {
			t.Logf("%s %s %s %d %.200q", r.Method, r.Host, r.Path, r.Status, r.Body)
		}
	}
	return m.shown
}
