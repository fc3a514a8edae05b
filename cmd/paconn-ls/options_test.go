package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
)

// optionsOfPaconn are the options of paconn 0.0.21 in both spellings, by verb; "" are those of every verb. A switch ends
// in "?" when it may have a value, in "!" when it has none.
var optionsOfPaconn = map[string][]string{
	"":         {"--debug!", "--verbose!", "--output -o", "--query", "--help! -h!"},
	"login":    {"--clid -i", "--tenant -t", "--authority_url -a", "--resource -r", "--settings -s", "--force? -f?"},
	"logout":   {},
	"download": {"--env -e", "--cid -c", "--dest -d", "--pau -u", "--pav -v", "--settings -s", "--overwrite? -w?"},
	"create": {"--env -e", "--api-prop -p", "--api-def -d", "--icon -i", "--script -x", "--pau -u", "--pav -v", "--secret -r",
		"--settings -s", "--overwrite-settings? -w?"},
	"update": {"--env -e", "--cid -c", "--api-prop -p", "--api-def -d", "--icon -i", "--script -x", "--pau -u", "--pav -v",
		"--secret -r", "--settings -s"},
	"validate": {"--api-def -d", "--pau -u", "--pav -v", "--settings -s"},
}

// spellings returns how an option can be given on the command line, each time with arguments that end in a help option.
func spellings(option string) (out [][]string, long string) {
	for i, s := range strings.Fields(option) {
		name := strings.TrimRight(s, "?!")
		if i == 0 {
			long = name
		}
		switch {
		case strings.HasSuffix(s, "!"):
			out = append(out, []string{name})
		case strings.HasSuffix(s, "?"):
			out = append(out, []string{name}, []string{name, "yes"}, []string{name + "=yes"})
		case strings.HasPrefix(s, "--"):
			out = append(out, []string{name, "json"}, []string{name + "=json"})
		default:
			out = append(out, []string{name, "json"}, []string{name + "json"})
		}
	}
	return out, long
}

// ownName runs the program under its own name.
func ownName(args ...string) (stdout, stderr string, code int) {
	var out, err bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(&err)
	root.SetArgs(joinOptional(root, args))
	code = exitCode(root.ExecuteContextC(context.Background()))
	return out.String(), err.String(), code
}

// paconnsName runs the program under the name paconn.
func paconnsName(args ...string) (stdout, stderr string, code int) {
	var out, err bytes.Buffer
	code = dropin{strings.NewReader(""), &out, &err}.run(context.Background(), args)
	return out.String(), err.String(), code
}

// TestOptionsOfPaconn gives every option of paconn in every spelling, under both names, and looks for it in the help.
func TestOptionsOfPaconn(t *testing.T) {
	for verb, options := range optionsOfPaconn {
		if verb == "" {
			continue
		}
		ownHelp, _, _ := ownName(verb, "--help")
		theirHelp, _, _ := paconnsName(verb, "--help")
		for _, option := range slices.Concat(options, optionsOfPaconn[""]) {
			ways, long := spellings(option)
			for _, way := range ways {
				args := append([]string{verb}, way...)
				if _, stderr, code := ownName(append(args, "--help")...); code != codeFine {
					t.Errorf("paconn-ls %q: %d %s", args, code, stderr)
				}
				_, stderr, code := paconnsName(append(args, "--unheard-of")...)
				asksHelp := long == "--help" && code == paconnFine && stderr == ""
				if !asksHelp && !strings.HasSuffix(stderr, "paconn: error: unrecognized arguments: --unheard-of\n") {
					t.Errorf("paconn %q: %d %s", args, code, stderr)
				}
			}
			if nothing := long == "--output" || long == "--query"; !nothing && !strings.Contains(ownHelp, long) {
				t.Errorf("the help of paconn-ls %s does not mention %s", verb, long)
			}
			for _, name := range strings.Fields(option) {
				if name = strings.TrimRight(name, "?!"); !strings.Contains(theirHelp, " "+name+" ") {
					t.Errorf("the help of paconn %s does not mention %s", verb, name)
				}
			}
		}
	}
}

// TestShortenedOptions shortens every long option of paconn in every way: it is taken as long as it is the only one, as
// Python's argparse has it, whatever options of ours there are.
func TestShortenedOptions(t *testing.T) {
	for verb, options := range optionsOfPaconn {
		if verb == "" {
			continue
		}
		var all []string
		for _, option := range slices.Concat(options, optionsOfPaconn[""]) {
			all = append(all, strings.TrimRight(strings.Fields(option)[0], "?!"))
		}
		for _, long := range all {
			for n := len("--x"); n < len(long); n++ {
				var like []string
				for _, other := range all {
					if strings.HasPrefix(other, long[:n]) {
						like = append(like, other)
					}
				}
				want := "paconn: error: unrecognized arguments: --unheard-of\n"
				if len(like) > 1 && !slices.Contains(like, long[:n]) {
					want = "error: ambiguous option: " + long[:n] + " could match "
				}
				args := []string{verb, long[:n], "json", "--unheard-of"}
				if switches := []string{"--debug", "--verbose", "--help"}; slices.Contains(switches, long) {
					args = slices.Delete(args, 2, 3)
				}
				_, stderr, code := paconnsName(args...)
				if long == "--help" && len(like) == 1 && code == paconnFine {
					continue
				}
				if code != paconnUsage || !strings.Contains(stderr, want) {
					t.Errorf("paconn %q: %d %s, want %s", args, code, stderr, want)
				}
			}
		}
	}
}

// TestDocumentedOptions looks for every option of paconn in the heading of its verb in docs/paconn.md.
func TestDocumentedOptions(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "paconn.md"))
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]string{}
	for line := range strings.Lines(string(page)) {
		if verb, options, ok := strings.Cut(strings.TrimPrefix(line, "### "), " "); ok && strings.HasPrefix(line, "### ") {
			headings[verb] = options
		}
	}
	for verb, options := range optionsOfPaconn {
		for _, option := range options {
			if want := "`" + strings.NewReplacer("?", "", "!", "").Replace(option) + "`"; verb != "" && !strings.Contains(headings[verb], want) {
				t.Errorf("docs/paconn.md does not name %s of %s", want, verb)
			}
		}
	}
}

// TestEveryOptionHasHelp looks at all verbs, also those that paconn does not have.
func TestEveryOptionHasHelp(t *testing.T) {
	for _, v := range commands.Verbs {
		if verbHelp[v.Name].long == "" || verbHelp[v.Name].example == "" {
			t.Errorf("%s has no help", v.Name)
		}
		for _, o := range optionsOf(v.Args) {
			if o.help == "" || o.kind != reflect.Bool && valueNames[o.long] == "" {
				t.Errorf("--%s of %s has no help, or no name for its value", o.long, v.Name)
			}
		}
	}
}

// TestSpellingsOfOurs are those that paconn does not have.
func TestSpellingsOfOurs(t *testing.T) {
	for _, args := range [][]string{
		{"login", "--authority-url", "https://login.example", "--help"},
		{"login", "--authority-url=https://login.example", "--help"},
		{"login", "-f", "no", "--help"},
		{"update", "--trust-host", "a.example", "--trust-host", "b.example", "-h"},
	} {
		if _, stderr, code := ownName(args...); code != codeFine {
			t.Errorf("%q: %d %s", args, code, stderr)
		}
	}
}
