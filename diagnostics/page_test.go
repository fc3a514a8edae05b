package diagnostics_test

import (
	"encoding/base64"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// A page shows a mistake and its cure as changes to the connector in testdata/connectors/pets. The info string of a
// fenced block names a language and a target:
//
//	apiDefinition.swagger.json             the block is the whole file
//	apiDefinition.swagger.json#/paths/~1a  the block replaces the value there, or adds it
//
// The language "none" removes the file, "base64" is for files that are no text, "unreadable" makes a file that cannot be
// read, "large" adds megabytes of blank lines to a file; the last two say in words what they do. "[1..9]" in a target
// stands for that many copies of the block, where "[1..9]" is the number of the copy.
var block = regexp.MustCompile("(?s)```(\\w+) ([^\\s#]+)(#\\S*)?\n(.*?)```")

type page struct {
	title, text  string
	wrong, right []change
}

type change struct{ language, file, pointer, body string }

func readPage(t *testing.T, rule string) page {
	t.Helper()
	text, ok := diagnostics.Page(rule)
	if !ok {
		t.Fatalf("rule %s has no page diagnostics/docs/%s.md", rule, rule)
	}
	title, _, _ := strings.Cut(text, "\n")
	return page{title: title, text: text, wrong: changes(section(text, "Wrong")), right: changes(section(text, "Right"))}
}

func section(text, name string) string {
	_, after, _ := strings.Cut(text, "\n## "+name+"\n")
	before, _, _ := strings.Cut(after, "\n## ")
	return before
}

func changes(text string) []change {
	var out []change
	for _, m := range block.FindAllStringSubmatch(text, -1) {
		out = append(out, change{m[1], m[2], strings.TrimPrefix(m[3], "#"), strings.TrimSuffix(m[4], "\n")})
	}
	return out
}

// pets returns the files of the sound connector that pages change.
func pets(t testing.TB) map[string]string {
	t.Helper()
	dir := filepath.Join("..", "testdata", "connectors", "pets")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(b)
	}
	return files
}

// apply makes the changes in a copy of files.
func apply(t testing.TB, files map[string]string, list []change) map[string]string {
	t.Helper()
	files = maps.Clone(files)
	for _, c := range list {
		if m := copies.FindStringSubmatch(c.pointer); m != nil {
			files[c.file] = repeat(t, files[c.file], c, m)
			continue
		}
		switch {
		case c.language == "none":
			delete(files, c.file)
		case c.language == "unreadable":
			files[c.file] = unreadable
		case c.language == "large":
			files[c.file] += strings.Repeat("\n", largeSize(c.file))
		case c.language == "base64":
			b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(c.body), ""))
			if err != nil {
				t.Fatal(err)
			}
			files[c.file] = string(b)
		case c.pointer == "":
			files[c.file] = c.body + "\n"
		default:
			files[c.file] = put(t, files[c.file], c)
		}
	}
	return files
}

var copies = regexp.MustCompile(`\[1\.\.(\d+)\]`)

// repeat adds a change as many times as its pointer asks for.
func repeat(t testing.TB, src string, c change, copies []string) string {
	t.Helper()
	n, err := strconv.Atoi(copies[1])
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		one := strings.NewReplacer(copies[0], strconv.Itoa(i+1))
		src = put(t, src, change{c.language, c.file, one.Replace(c.pointer), one.Replace(c.body)})
	}
	return src
}

func put(t testing.TB, src string, c change) string {
	t.Helper()
	root := jsondoc.Parse(src).Root()
	var edits []source.Edit
	if v := root.Resolve(c.pointer); v.Exists() {
		edits = v.Replace(c.body)
	} else {
		i := strings.LastIndex(c.pointer, "/")
		key := strings.NewReplacer("~1", "/", "~0", "~").Replace(c.pointer[i+1:])
		parent := root.Resolve(c.pointer[:i])
		if edits = parent.Insert(key, c.body); edits == nil {
			edits = parent.Append(c.body)
		}
	}
	if edits == nil {
		t.Fatalf("%s has nothing at %s", c.file, c.pointer)
	}
	out, err := source.Apply(src, edits)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// largeSize is how much a file grows that is to be too large: for JSON, too large to be read at all.
func largeSize(name string) int {
	if strings.HasSuffix(name, ".json") {
		return connector.MaxParsed
	}
	return 1 << 20
}

// unreadable is the content of a file that memory cannot read.
const unreadable = "\x00unreadable"

// memory holds files by path; it is a connector.Files.
type memory map[string]string

func (m memory) List(dir string) []string {
	var names []string
	for path := range m {
		if filepath.Dir(path) == dir {
			names = append(names, filepath.Base(path))
		}
	}
	return names
}

func (m memory) Read(path string, role connector.Role) *connector.File {
	content, ok := m[path]
	if !ok {
		return nil
	}
	if content == unreadable {
		f := connector.NewFile(path, role, "")
		f.Err = &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
		return f
	}
	return connector.NewFile(path, role, content)
}

const testDir = string(filepath.Separator) + "connector"

func assemble(files map[string]string) *connector.Connector {
	m := memory{}
	for name, content := range files {
		m[filepath.Join(testDir, filepath.FromSlash(name))] = content
	}
	return connector.Assemble(testDir, m)
}
