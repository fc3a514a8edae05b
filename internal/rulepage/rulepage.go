// Package rulepage reads the examples on the pages of rules: changes that turn a sound connector into a wrong one and into
// a right one.
//
// A fenced block of a page is such a change. Its info string names a language and a target:
//
//	apiDefinition.swagger.json             the block is the whole file
//	apiDefinition.swagger.json#/paths/~1a  the block replaces the value there, or adds it
//
// The language "none" removes the file, "base64" is for files that are no text, "unreadable" makes a file that cannot be
// read, "large" adds megabytes of blank lines to a file; the last two say in words what they do. "[1..9]" in a target
// stands for that many copies of the block, where "[1..9]" is the number of the copy.
package rulepage

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// Change is one fenced block of a page.
type Change struct{ Language, File, Pointer, Body string }

var block = regexp.MustCompile("(?s)```(\\w+) ([^\\s#]+)(#\\S*)?\n(.*?)```")

// Section returns what stands below a heading of the second level.
func Section(page, name string) string {
	_, after, _ := strings.Cut(page, "\n## "+name+"\n")
	before, _, _ := strings.Cut(after, "\n## ")
	return before
}

// Changes returns the changes in a section.
func Changes(section string) []Change {
	var out []Change
	for _, m := range block.FindAllStringSubmatch(section, -1) {
		out = append(out, Change{m[1], m[2], strings.TrimPrefix(m[3], "#"), strings.TrimSuffix(m[4], "\n")})
	}
	return out
}

// Apply makes the changes in a copy of files, which are contents by name.
func Apply(files map[string]string, list []Change) (map[string]string, error) {
	files = maps.Clone(files)
	for _, c := range list {
		if c.Language == "none" {
			delete(files, c.File)
			continue
		}
		content, err := apply(files[c.File], c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.File, err)
		}
		files[c.File] = content
	}
	return files, nil
}

var copies = regexp.MustCompile(`\[1\.\.(\d+)\]`)

func apply(src string, c Change) (string, error) {
	switch m := copies.FindStringSubmatch(c.Pointer); {
	case m != nil:
		return repeat(src, c, m[0], m[1])
	case c.Language == "unreadable":
		return unreadable, nil
	case c.Language == "large":
		return src + strings.Repeat("\n", largeSize(c.File)), nil
	case c.Language == "base64":
		b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(c.Body), ""))
		return string(b), err
	case c.Pointer == "":
		return c.Body + "\n", nil
	}
	return put(src, c)
}

// repeat makes a change as many times as its pointer asks for, each with its number in place of the mark.
func repeat(src string, c Change, mark, count string) (string, error) {
	n, err := strconv.Atoi(count)
	for i := range n {
		one := strings.NewReplacer(mark, strconv.Itoa(i+1))
		if src, err = put(src, Change{c.Language, c.File, one.Replace(c.Pointer), one.Replace(c.Body)}); err != nil {
			break
		}
	}
	return src, err
}

func put(src string, c Change) (string, error) {
	root := jsondoc.Parse(src).Root()
	var edits []source.Edit
	if v := root.Resolve(c.Pointer); v.Exists() {
		edits = v.Replace(c.Body)
	} else {
		i := strings.LastIndex(c.Pointer, "/")
		key := strings.NewReplacer("~1", "/", "~0", "~").Replace(c.Pointer[i+1:])
		parent := root.Resolve(c.Pointer[:i])
		if edits = parent.Insert(key, c.Body); edits == nil {
			edits = parent.Append(c.Body)
		}
	}
	if edits == nil {
		return "", fmt.Errorf("nothing is at %s", c.Pointer)
	}
	return source.Apply(src, edits)
}

// largeSize is how much a file grows that is to be too large: for JSON, too large to be read at all.
func largeSize(name string) int {
	if strings.HasSuffix(name, ".json") {
		return connector.MaxParsed
	}
	return 1 << 20
}

// unreadable is the content of a file that Memory cannot read.
const unreadable = "\x00unreadable"

// Memory holds files by path; it is a connector.Files.
type Memory map[string]string

// List returns the names of the files in a folder.
func (m Memory) List(dir string) []string {
	var names []string
	for path := range m {
		if filepath.Dir(path) == dir {
			names = append(names, filepath.Base(path))
		}
	}
	return names
}

// Read returns the file at path, or nil.
func (m Memory) Read(path string, role connector.Role) *connector.File {
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

// Dir is the folder that Assemble puts files in. It is on no disk.
const Dir = string(filepath.Separator) + "connector"

// Assemble makes a connector of files by name.
func Assemble(files map[string]string) *connector.Connector {
	m := Memory{}
	for name, content := range files {
		m[filepath.Join(Dir, filepath.FromSlash(name))] = content
	}
	return connector.Assemble(Dir, m)
}
