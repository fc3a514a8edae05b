package diagnostics_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// profileOf returns the options under which a rule's page is tried: the first profile that the rule is on in.
func profileOf(r *diagnostics.Rule) diagnostics.Options {
	o := diagnostics.Options{Deep: r.Deep}
	if o.Severity(r) == diagnostics.Off {
		o.Profile = diagnostics.Certified
	}
	return o
}

func check(c *connector.Connector, o diagnostics.Options) []diagnostics.Diagnostic {
	return diagnostics.Check(context.Background(), c, o)
}

// show lists diagnostics for comparison and for people.
func show(ds []diagnostics.Diagnostic) []string {
	var out []string
	for _, d := range ds {
		p := d.File.Content.Position(d.Span.Start, source.UTF16)
		out = append(out, strings.Join([]string{filepath.Base(d.File.Path), d.Severity.String(), d.Rule, d.Message, d.File.Content.String()[d.Span.Start:d.Span.End],
			string(rune('0'+p.Line%10)) + ":" + string(rune('0'+p.Column%10))}, " | "))
	}
	return out
}

func TestPetsAreSound(t *testing.T) {
	if found := check(assemble(pets(t)), diagnostics.Options{Deep: true}); len(found) > 0 {
		t.Errorf("the sound connector has diagnostics:\n%s", strings.Join(show(found), "\n"))
	}
}

func TestNames(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	names := []string{}
	for _, r := range diagnostics.All {
		if !kebab.MatchString(r.Name) {
			t.Errorf("rule name %q is not kebab-case", r.Name)
		}
		names = append(names, r.Name)
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("All is not in the order of the names, each once: %v", names)
	}
}

func TestPages(t *testing.T) {
	base := pets(t)
	for _, r := range diagnostics.All {
		t.Run(r.Name, func(t *testing.T) {
			page := readPage(t, r.Name)
			if page.title != "# "+r.Name {
				t.Errorf("the page starts with %q", page.title)
			}
			if len(page.wrong) == 0 || len(page.right) == 0 {
				t.Fatal(`the page needs fenced blocks that name a file under "## Wrong" and "## Right"`)
			}
			for _, heading := range []string{"Why", "Wrong", "Right", "Fix", "See"} {
				if strings.TrimSpace(section(page.text, heading)) == "" {
					t.Errorf("the page has no section %q", heading)
				}
			}
			if s := diagnostics.Summary(r.Name); s == "" || strings.HasPrefix(s, "#") {
				t.Errorf("the page does not start with a sentence: %q", s)
			}
			o := profileOf(r)
			found := only(check(assemble(apply(t, base, page.wrong)), o), o.Profile, r.Name)
			if len(found) == 0 || slices.ContainsFunc(found, func(d diagnostics.Diagnostic) bool { return d.Rule != r.Name }) {
				t.Errorf("Wrong should give exactly %s, gives:\n%s", r.Name, strings.Join(show(found), "\n"))
			}
			if found := only(check(assemble(apply(t, base, page.right)), o), o.Profile, r.Name); len(found) > 0 {
				t.Errorf("Right should give nothing, gives:\n%s", strings.Join(show(found), "\n"))
			}
		})
	}
}

// only leaves, outside profile custom, the diagnostics of one rule: the sound connector is no certified one.
func only(ds []diagnostics.Diagnostic, profile diagnostics.Profile, rule string) []diagnostics.Diagnostic {
	if profile == "" {
		return ds
	}
	return slices.DeleteFunc(ds, func(d diagnostics.Diagnostic) bool { return d.Rule != rule })
}

// styles are ways in which the same file may be written.
var styles = map[string]func(string) string{
	"lf":   func(s string) string { return s },
	"crlf": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"tabs": func(s string) string {
		return regexp.MustCompile(`(?m)^( {2})+`).ReplaceAllStringFunc(s, func(in string) string { return strings.Repeat("\t", len(in)/2) })
	},
}

// TestFixesCure applies every fix of every page's mistake, in files of several styles.
func TestFixesCure(t *testing.T) {
	base := pets(t)
	for _, r := range diagnostics.All {
		for style, restyle := range styles {
			t.Run(r.Name+"/"+style, func(t *testing.T) {
				files := apply(t, base, readPage(t, r.Name).wrong)
				for name, content := range files {
					if strings.HasSuffix(name, ".json") {
						files[name] = restyle(content)
					}
				}
				cure(t, r, files)
			})
		}
	}
}

func cure(t *testing.T, r *diagnostics.Rule, files map[string]string) {
	t.Helper()
	before := check(assemble(files), profileOf(r))
	for _, d := range before {
		for _, fix := range d.Fixes {
			if d.Rule != r.Name {
				continue
			}
			fixed := maps.Clone(files)
			for name, edits := range editsByFile(fix) {
				out, err := source.Apply(files[name], edits)
				if err != nil {
					t.Fatalf("%s: %v", fix.Title, err)
				}
				fixed[name] = out
				sound(t, fix.Title, files[name], out)
			}
			after := check(assemble(fixed), profileOf(r))
			if countRule(after, r.Name) >= countRule(before, r.Name) {
				t.Errorf("fix %q does not cure %q:\n%s", fix.Title, d.Message, strings.Join(show(after), "\n"))
			}
			if n, m := countErrors(after), countErrors(before); n > m {
				t.Errorf("fix %q makes new errors:\n%s", fix.Title, strings.Join(show(after), "\n"))
			}
		}
	}
}

func editsByFile(fix diagnostics.Fix) map[string][]source.Edit {
	out := map[string][]source.Edit{}
	for _, e := range fix.Edits {
		name, _ := filepath.Rel(testDir, e.File.Path)
		out[filepath.ToSlash(name)] = append(out[filepath.ToSlash(name)], e.Edit)
	}
	return out
}

// sound checks that an edit left valid JSON and the file's line breaks.
func sound(t *testing.T, title, before, after string) {
	t.Helper()
	if len(jsondoc.Parse(after).Errors()) > len(jsondoc.Parse(before).Errors()) {
		t.Errorf("fix %q breaks the JSON:\n%s", title, after)
	}
	if strings.Contains(before, "\r\n") && strings.Count(after, "\n") != strings.Count(after, "\r\n") {
		t.Errorf("fix %q mixes line breaks:\n%q", title, after)
	}
}

func countRule(ds []diagnostics.Diagnostic, rule string) int {
	n := 0
	for _, d := range ds {
		if d.Rule == rule {
			n++
		}
	}
	return n
}

func countErrors(ds []diagnostics.Diagnostic) int {
	n := 0
	for _, d := range ds {
		if d.Severity == diagnostics.Error {
			n++
		}
	}
	return n
}

// TestPrefixes checks every page's mistake cut short, as a file is while it is typed: no panic, spans inside the files.
func TestPrefixes(t *testing.T) {
	base := pets(t)
	for _, r := range diagnostics.All {
		for name, content := range apply(t, base, readPage(t, r.Name).wrong) {
			step := 1 + every*len(content)/23
			for n := 0; n < len(content); n += step {
				files := maps.Clone(base)
				files[name] = content[:n]
				for _, d := range check(assemble(files), diagnostics.Options{Profile: diagnostics.Certified}) {
					if d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > d.File.Content.Len() {
						t.Fatalf("%s cut at %d: %s has span %v in a text of %d bytes", name, n, d.Rule, d.Span, d.File.Content.Len())
					}
				}
			}
		}
	}
}

// TestOrder checks that rules do not depend on one another's order.
func TestOrder(t *testing.T) {
	base := pets(t)
	var list []change
	for _, r := range diagnostics.All {
		list = append(list, readPage(t, r.Name).wrong...)
	}
	var c *connector.Connector
	files := base
	for _, ch := range list { // all mistakes at once, as far as they can stand together
		if ch.pointer == "" || jsondoc.Parse(files[ch.file]).Root().Resolve(ch.pointer).Exists() {
			if ch.pointer != "" {
				files = apply(t, files, []change{ch})
			}
		}
	}
	c = assemble(files)
	want := show(check(c, diagnostics.Options{Deep: true}))
	saved := slices.Clone(diagnostics.All)
	defer func() { copy(diagnostics.All, saved) }()
	for range 3 {
		rand.Shuffle(len(diagnostics.All), func(i, j int) {
			diagnostics.All[i], diagnostics.All[j] = diagnostics.All[j], diagnostics.All[i]
		})
		if diff := cmp.Diff(want, show(check(c, diagnostics.Options{Deep: true}))); diff != "" {
			t.Errorf("another order of the rules gives other diagnostics:\n%s", diff)
		}
	}
}
