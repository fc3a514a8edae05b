// Package leak finds secrets where none may be: in logs, errors, results, files. It is for tests.
package leak

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
)

// shortest is how many bytes a secret has at the least: a shorter one may stand anywhere by accident.
const shortest = 8

// Set is a set of secrets that can be searched for, in every spelling that a program may give them.
type Set struct {
	begins map[uint64][]spelling // by their first 8 bytes
	length int
}

type spelling struct {
	how    string // "in base64"
	secret string
	text   []byte
}

// Of returns the set of the secrets. Those shorter than 8 bytes are left out.
func Of(secrets []string) Set {
	s := Set{begins: map[uint64][]spelling{}}
	seen := map[string]bool{}
	for _, secret := range secrets {
		for _, x := range spellingsOf(secret) {
			if len(x.text) >= shortest && !seen[string(x.text)] {
				seen[string(x.text)] = true
				begin := binary.BigEndian.Uint64(x.text)
				s.begins[begin] = append(s.begins[begin], x)
				s.length++
			}
		}
	}
	return s
}

// Len returns how many spellings are searched for.
func (s Set) Len() int { return s.length }

func spellingsOf(secret string) []spelling {
	if len(secret) < shortest {
		return nil
	}
	var out []spelling
	add := func(how, text string) { out = append(out, spelling{how, secret, []byte(text)}) }
	add("as it is", secret)
	if i := strings.LastIndexByte(secret, '.'); i >= 0 && strings.Count(secret, ".") == 2 {
		add("the signature of the token", secret[i+1:])
	}
	for _, escaped := range []string{url.QueryEscape(secret), url.PathEscape(secret)} {
		add("escaped for a URL", escaped)
		add("escaped for a URL", lowerHex(escaped))
		add("escaped for a URL twice", url.QueryEscape(escaped))
	}
	quoted, _ := json.Marshal(secret) // a text
	add("as JSON", string(quoted[1:len(quoted)-1]))
	add("in Go's quotes", strings.Trim(fmt.Sprintf("%q", secret), `"`))
	add("in hexadecimal digits", hex.EncodeToString([]byte(secret)))
	add("in hexadecimal digits", strings.ToUpper(hex.EncodeToString([]byte(secret))))
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			add("in base64", inside(e, secret, before))
		}
	}
	return out
}

// lowerHex writes the escapes of a URL in lower case.
func lowerHex(escaped string) string {
	var b strings.Builder
	for i := 0; i < len(escaped); i++ {
		if escaped[i] == '%' && i+2 < len(escaped) {
			b.WriteString(strings.ToLower(escaped[i : i+3]))
			i += 2
			continue
		}
		b.WriteByte(escaped[i])
	}
	return b.String()
}

// inside returns what is in the base64 of a longer text that holds the secret, whatever stands around it: the digits that
// depend on the secret alone when so many bytes, modulo 3, stand before it.
func inside(e *base64.Encoding, secret string, before int) string {
	text := e.EncodeToString(append(make([]byte, before), secret...))
	from := (before*8 + 5) / 6
	to := (before + len(secret)) * 8 / 6
	return text[from:to]
}

// In returns what of the set a text holds, a line for each, without the secrets themselves.
func (s Set) In(text []byte) []string {
	var out []string
	told := map[string]bool{}
	var window uint64
	for i, c := range text {
		window = window<<8 | uint64(c)
		at := i + 1 - shortest
		if at < 0 {
			continue
		}
		for _, x := range s.begins[window] {
			if !told[string(x.text)] && bytes.HasPrefix(text[at:], x.text) {
				told[string(x.text)] = true
				out = append(out, fmt.Sprintf("a secret of %d bytes (%.6s…) %s at byte %d: %s", len(x.secret), x.secret, x.how, at, around(text, at, len(x.text))))
			}
		}
	}
	return out
}

// around shows where a secret stands, without it.
func around(text []byte, at, length int) string {
	const margin = 60
	before, after := text[max(0, at-margin):at], text[at+length:min(len(text), at+length+margin)]
	return fmt.Sprintf("%q", string(before)+"<HERE>"+string(after))
}

// Below returns what of the set the names and the files of a tree hold, but for those that except says by their path, that
// nobody may read, and that go meanwhile.
func (s Set) Below(tree fs.FS, except func(path string) bool) ([]string, error) {
	var out []string
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || except(path) {
			return read(err)
		}
		for _, found := range s.In([]byte(path)) {
			out = append(out, "the name "+path+": "+found)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		content, err := fs.ReadFile(tree, path)
		for _, found := range s.In(content) {
			out = append(out, path+": "+found)
		}
		return read(err)
	})
	return out, err
}

// read returns the error of reading unless there was nothing to read.
func read(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
