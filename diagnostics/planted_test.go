package diagnostics_test

import (
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// A plant is one kind of mistake: where it can be made in a connector, and what should be said of it.
type plant struct {
	kind     string
	rule     string
	severity diagnostics.Severity
	sites    func(c *connector.Connector) []site
}

// site is one place for a mistake: the edits that make it and the text, before the edit, that the diagnostic should
// start in.
type site struct {
	file   *connector.File
	edits  []source.Edit
	region source.Span
}

// sitesPerConnector bounds how often a kind is planted in one connector.
const sitesPerConnector = 3

// TestPlanted plants every kind of mistake in every real connector that has a place for it. Each plant must give a new
// diagnostic of the right rule and severity that starts inside what was edited.
func TestPlanted(t *testing.T) {
	connectors := plantable(t)
	var before [][]diagnostics.Diagnostic
	for _, c := range connectors {
		before = append(before, check(c, diagnostics.Options{}))
	}
	planted, other := 0, 0
	for k, p := range plants {
		t.Run(p.kind, func(t *testing.T) {
			n := 0
			for i, c := range connectors {
				if (k+i)%every != 0 {
					continue
				}
				for _, s := range choose(p, c, before[i]) {
					n++
					other += p.try(t, c, s, before[i])
				}
			}
			switch {
			case n == 0 && every > 1: // those that were left out may have a place for it
			case n == 0 && len(connectors) == 1:
				t.Skip("the sound connector has no place for it, and the corpus of real ones is not here")
			case n == 0:
				t.Errorf("no real connector has a place for %q", p.kind)
			}
			planted += n
		})
	}
	t.Logf("%d kinds planted %d times in %d connectors; %.2f further new errors or warnings each", len(plants), planted, len(connectors), float64(other)/float64(max(planted, 1)))
}

// plantable returns the connectors of the corpus, or the sound one alone where that is not here.
func plantable(t *testing.T) []*connector.Connector {
	list := []*connector.Connector{assemble(pets(t))}
	root, err := filepath.Abs("../../shared/corpus")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(root); err != nil {
		t.Log("the corpus of real connectors is not here, planting in the sound connector alone")
		return list
	}
	if err := commands.Discover(root, func(dir string) bool {
		if c := connector.Assemble(dir, commands.Disk{}); c.Definition().Content.Len() < 400_000 {
			list = append(list, c)
		}
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// choose picks sites that spread over the connector, the same ones on every run, where the rule is silent so far.
func choose(p plant, c *connector.Connector, before []diagnostics.Diagnostic) []site {
	all := slices.DeleteFunc(p.sites(c), func(s site) bool {
		return len(s.edits) == 0 || slices.ContainsFunc(before, func(d diagnostics.Diagnostic) bool {
			return d.File == s.file && d.Rule == p.rule && s.region.Contains(d.Span.Start)
		})
	})
	if len(all) <= sitesPerConnector {
		return all
	}
	h := fnv.New32()
	fmt.Fprint(h, p.kind, c.Dir)
	var out []site
	for i := range sitesPerConnector {
		out = append(out, all[(int(h.Sum32()>>8)+i*(len(all)/sitesPerConnector))%len(all)])
	}
	return out
}

// try makes the mistake and returns how many further errors and warnings it gave.
func (p plant) try(t *testing.T, c *connector.Connector, s site, before []diagnostics.Diagnostic) int {
	t.Helper()
	src := s.file.Content.String()
	out, err := source.Apply(src, s.edits)
	if err != nil {
		t.Fatal(err)
	}
	f := connector.NewFile(s.file.Path, s.file.Role, out)
	after := check(changed(c, f), diagnostics.Options{})
	region := source.Span{Start: s.region.Start, End: s.region.End + len(out) - len(src)}
	found, other := false, 0
	known := map[string]int{}
	for _, d := range before {
		known[d.Rule+d.Message]++
	}
	for _, d := range after {
		if !found && d.File.Path == f.Path && d.Rule == p.rule && d.Severity == p.severity && region.Contains(d.Span.Start) {
			found = true
			continue
		}
		if known[d.Rule+d.Message]--; known[d.Rule+d.Message] < 0 && d.Severity <= diagnostics.Warning {
			other++
		}
	}
	if !found {
		pos := s.file.Content.Position(s.region.Start, source.UTF16)
		t.Errorf("%s:%d:%d: expected %s %s in %.60q, found %q", s.file.Path, pos.Line+1, pos.Column+1, p.severity, p.rule, out[region.Start:max(region.Start, region.End)],
			near(after, before, f))
	}
	return other
}

// changed returns the connector with f in it, assembled anew when f may say where other files are.
func changed(c *connector.Connector, f *connector.File) *connector.Connector {
	if f.Role != connector.Settings {
		return c.With(f)
	}
	files := memory{f.Path: f.Content.String()}
	for _, other := range c.Files() {
		if other.Path != f.Path {
			files[other.Path] = other.Content.String()
		}
	}
	return connector.Assemble(c.Dir, files)
}

// near lists the diagnostics that are new, for the message of a failure.
func near(after, before []diagnostics.Diagnostic, f *connector.File) []string {
	old := map[string]bool{}
	for _, d := range before {
		old[d.Rule+d.Message] = true
	}
	var out []string
	for _, d := range after {
		if !old[d.Rule+d.Message] && len(out) < 4 {
			p := d.File.Content.Position(d.Span.Start, source.UTF16)
			out = append(out, fmt.Sprintf("%s:%d:%d %s %s: %s", filepath.Base(d.File.Path), p.Line+1, p.Column+1, d.Severity, d.Rule, d.Message))
		}
	}
	return out
}

// The ways to edit a value, as sites.

func replaced(f *connector.File, v jsondoc.Value, text string) site {
	return site{f, v.Replace(text), v.Span()}
}

func renamed(f *connector.File, v jsondoc.Value, key string) site {
	return site{f, v.Rename(key), v.KeySpan()}
}

// without takes a member out; the diagnostic should start in its parent: at the key, or in the value.
func without(f *connector.File, v jsondoc.Value) site {
	region := v.Parent().Full()
	return site{f, v.Remove(), region}
}

func inserted(f *connector.File, object jsondoc.Value, key, text string) site {
	return site{f, object.Insert(key, text), object.Full()}
}

// inDefinition makes sites from every value of the definition that pick returns one for. Broken files are left alone.
func inDefinition(pick func(f *connector.File, d *swagger.Document) []site) func(*connector.Connector) []site {
	return func(c *connector.Connector) []site {
		f := c.Definition()
		if f == nil || len(f.Doc().Errors()) > 0 {
			return nil
		}
		return pick(f, swagger.Of(f))
	}
}

func operations(pick func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site) func(*connector.Connector) []site {
	return inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for _, op := range d.Operations {
			out = append(out, pick(f, d, op)...)
		}
		return out
	})
}

// parameters makes sites from the inline parameters that are in one of the places.
func parameters(pick func(f *connector.File, p swagger.Parameter) []site, in ...string) func(*connector.Connector) []site {
	return operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		var out []site
		for _, p := range op.Own() {
			if p.Entry == p.Value && slices.Contains(in, p.In) {
				out = append(out, pick(f, p)...)
			}
		}
		return out
	})
}

// members makes sites from every member of that key in the definition whose value passes.
func members(key string, pass func(v jsondoc.Value) bool, edit func(f *connector.File, v jsondoc.Value) site) func(*connector.Connector) []site {
	return inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for v := range d.Root.Descendants() {
			if v.HasKey() && v.Key() == key && pass(v) && !free(v) {
				out = append(out, edit(f, v))
			}
		}
		return out
	})
}

// free reports whether a value lies where anything may stand, or where a key is a name that the maker chose.
func free(v jsondoc.Value) bool {
	if p := v.Parent().Key(); p == "properties" && v.Parent().Parent().Get("type").IsString() || p == "definitions" || p == "headers" {
		return true
	}
	for p := v.Parent(); p.Exists(); p = p.Parent() {
		switch p.Key() {
		case "example", "examples", "default", "enum", "x-example", "x-examples", "x-ms-examples", "x-components":
			return true
		}
		if k := p.Key(); strings.HasPrefix(k, "x-") && !strings.HasPrefix(k, "x-ms-") {
			return true
		}
	}
	return false
}

func always(jsondoc.Value) bool { return true }

// inProperties makes sites from apiProperties.json.
func inProperties(pick func(f *connector.File, properties jsondoc.Value) []site) func(*connector.Connector) []site {
	return func(c *connector.Connector) []site {
		f := c.Properties()
		if f == nil || len(f.Doc().Errors()) > 0 {
			return nil
		}
		return pick(f, f.Root().Get("properties"))
	}
}

func policies(pick func(f *connector.File, policy jsondoc.Value) []site) func(*connector.Connector) []site {
	return inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		var out []site
		for p := range properties.Get("policyTemplateInstances").Children() {
			out = append(out, pick(f, p)...)
		}
		return out
	})
}

func connectionParameters(pick func(f *connector.File, p jsondoc.Value) []site) func(*connector.Connector) []site {
	return inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		var out []site
		for p := range properties.Get("connectionParameters").Children() {
			out = append(out, pick(f, p)...)
		}
		return out
	})
}

func one(s site) []site { return []site{s} }
