package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// wireCase is a file of testdata/wire. Its sections, all but the first and the requests optional:
//
//	command       the arguments, one line
//	paconn-ls     arguments that are added under this name, one on a line; the same for paconn
//	programs      the names to run it under; both if there is none
//	before        commands to be run before, one on a line
//	variables     NAME=VALUE, of the environment
//	faults        what goes wrong at the sandbox
//	copies        FILE TO, to be copied
//	answers       TEXT => ANSWER, to be given in a terminal
//	code          PROGRAM CODE, the exit code where it is not 0
//	requests      what paconn sends
//	ours NAME…    what we send instead, by the differences of these names; else we send what paconn does
//	added         METHOD PATH, in which we send more
//	differences   PROGRAM NAME…, the differences that are to be seen; all stands for both programs
//	definition    what stands for $DEFINITION
//
// All other sections are files, which come over those of testdata/wire/files.txt.
type wireCase struct{ sections map[string]string }

func readWireCase(t *testing.T, path string) *wireCase {
	t.Helper()
	c := &wireCase{map[string]string{}}
	for _, name := range []string{filepath.Join("testdata", "wire", "files.txt"), path} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			c.sections[f.Name] = string(f.Data)
		}
	}
	return c
}

// instructions are the sections that are no files.
var instructions = []string{
	"command", "paconn-ls", "paconn", "programs", "before", "variables", "faults", "copies", "answers", "code", "requests", "added", "differences", "definition",
}

// variables are what stands for texts that are another one each time: $NAME.
type variables map[string]string

var variable = regexp.MustCompile(`\$[A-Z]+`)

// expand puts in the variables that are known.
func (v variables) expand(text string) string {
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := v[name[1:]]; ok {
			return value
		}
		return name
	})
}

// forms are the variables that are never learned: each time they are another one.
var forms = map[string]string{
	"DATE": `\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT`,
	"UUID": `[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`,
}

// fits reports whether a text is as a pattern says, and learns the variables that stand in it.
func (v variables) fits(pattern, text string) bool {
	var b strings.Builder
	var names []string
	rest := v.expand(pattern)
	for {
		at := variable.FindStringIndex(rest)
		if at == nil {
			break
		}
		name := rest[at[0]+1 : at[1]]
		b.WriteString(regexp.QuoteMeta(rest[:at[0]]))
		if form, ok := forms[name]; ok {
			b.WriteString(form)
		} else {
			names = append(names, name)
			b.WriteString(`([^/?\s"]+)`)
		}
		rest = rest[at[1]:]
	}
	found := regexp.MustCompile("^" + b.String() + regexp.QuoteMeta(rest) + "$").FindStringSubmatch(text)
	if found == nil {
		return false
	}
	for i, name := range names {
		v[name] = found[i+1]
	}
	return true
}

// lines returns the words of the lines of a section. Words with blanks in them stand in quotes.
func (c *wireCase) lines(v variables, section string) [][]string {
	var out [][]string
	for line := range strings.Lines(v.expand(c.sections[section])) {
		var words []string
		for _, word := range regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(line, -1) {
			words = append(words, strings.Trim(word, `"`))
		}
		out = append(out, words)
	}
	return out
}

func (c *wireCase) programs() []string {
	if only := strings.Fields(c.sections["programs"]); len(only) > 0 {
		return only
	}
	return []string{"paconn-ls", paconnName}
}

// lay lays the files of the case into a folder below one that has the connectors of testdata.
func (c *wireCase) lay(t *testing.T, base string, v variables) (dir string) {
	t.Helper()
	dir = filepath.Join(base, "work")
	write := func(name string, content []byte) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range c.sections {
		if !slices.Contains(instructions, name) && !strings.HasPrefix(name, "ours ") {
			write(name, []byte(v.expand(text)))
		}
	}
	for _, words := range append(c.lines(v, "copies"), []string{"icon.png", "icon.png"}, []string{"script.csx", "script.csx"}) {
		content, err := os.ReadFile(filepath.Join(base, "pets", words[0]))
		if err != nil {
			t.Fatal(err)
		}
		write(words[1], content)
	}
	return dir
}

// run runs the program, in a terminal where there are questions to be answered.
func (c *wireCase) run(p place, args []string) (code int, said string) {
	if c.sections["answers"] != "" {
		return c.answer(p, args)
	}
	code, stdout, stderr := p.start(args...).end()
	return code, stdout + stderr
}

func (c *wireCase) code(program string) int {
	for _, words := range c.lines(nil, "code") {
		if words[0] == program {
			code, _ := strconv.Atoi(words[1])
			return code
		}
	}
	return 0
}

// differences returns the names of those that are to be seen, in their order.
func (c *wireCase) differences(program string) []string {
	var out []string
	for _, words := range c.lines(nil, "differences") {
		if words[0] == "all" || words[0] == program {
			out = append(out, words[1:]...)
		}
	}
	slices.Sort(out)
	return out
}

// instead returns the differences by which we send something else than paconn.
func (c *wireCase) instead() []string {
	for name := range c.sections {
		if names, ok := strings.CutPrefix(name, "ours "); ok {
			return strings.Fields(names)
		}
	}
	return nil
}

// wantedRequest is a request as a case has it.
type wantedRequest struct {
	method, path, query string
	header              map[string]string // nil when nothing but the first line is compared
	body                string
}

// wanted returns the requests that we are to send.
func (c *wireCase) wanted(t *testing.T, v variables) []wantedRequest {
	t.Helper()
	v["DEFINITION"] = strings.TrimSpace(c.sections["definition"])
	paconns := c.sections["requests"]
	for name, ours := range c.sections {
		if strings.HasPrefix(name, "ours ") {
			if ours == paconns {
				t.Fatalf("%s: it is what paconn sends", name)
			}
			return readRequests(t, ours)
		}
	}
	return readRequests(t, paconns)
}

// readRequests reads requests: a line METHOD PATH?QUERY, headers, and behind an empty line the body. Lines of # stand
// between requests. What a client of Python says with each request goes without saying. "…" instead of headers and body
// stands for any.
func readRequests(t *testing.T, text string) []wantedRequest {
	t.Helper()
	var out []wantedRequest
	for _, part := range strings.Split("\n"+text, "\n###\n") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		head, body, _ := strings.Cut(part, "\n\n")
		r := wantedRequest{body: body, header: map[string]string{
			"Host": "$HOST", "Accept": "*/*", "User-Agent": "python-requests", "Accept-Encoding": "gzip, deflate", "Connection": "keep-alive",
		}}
		for i, line := range strings.Split(head, "\n") {
			if i == 0 {
				var address string
				if _, err := fmt.Sscan(line, &r.method, &address); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
				r.path, r.query, _ = strings.Cut(address, "?")
				continue
			}
			if line == "…" {
				r.header = nil
				continue
			}
			name, value, _ := strings.Cut(line, ": ")
			r.header[http.CanonicalHeaderKey(name)] = value
		}
		out = append(out, r)
	}
	return out
}
