package powerapps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// member is a member of a JSON object.
type member struct {
	name  string
	value json.RawMessage
}

// cloudEntries returns the members of "clouds", in the order of the file.
func cloudEntries(text []byte) ([]member, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	var sound json.RawMessage
	if err := json.Unmarshal(text, &sound); err != nil {
		return nil, placed(err, text)
	}
	top, err := members("the file", text)
	if err != nil {
		return nil, err
	}
	var entries []member
	for _, m := range top {
		if m.name != "clouds" {
			return nil, fmt.Errorf("%q is unknown%s", m.name, orNear(m.name, []string{"clouds"}))
		}
		if entries, err = members("clouds", m.value); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// placed adds line and column to an error of JSON.
func placed(err error, text []byte) error {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	before := text[:min(int(syntax.Offset), len(text))]
	line := bytes.Count(before, []byte("\n")) + 1
	return fmt.Errorf("line %d, column %d: %w", line, len(before)-bytes.LastIndexByte(before, '\n')-1, err)
}

// members returns those of an object of sound JSON. Each name may be there once, for a reader sees only one.
func members(at string, object []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(object))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, fmt.Errorf("%s: it is no object", at)
	}
	var out []member
	for d.More() {
		var m member
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		if m.name, _ = name.(string); slices.ContainsFunc(out, func(o member) bool { return strings.EqualFold(o.name, m.name) }) {
			return nil, fmt.Errorf("%s: %q is there twice", at, m.name)
		}
		if err := d.Decode(&m.value); err != nil && err != io.EOF {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// texts returns the members of a cloud, all of which are known and texts.
func texts(at string, object []byte) (map[string]string, error) {
	list, err := members(at, object)
	if err != nil {
		return nil, err
	}
	known := []string{"like"}
	for _, m := range cloudMembers {
		known = append(known, m.name)
	}
	values := map[string]string{}
	for _, m := range list {
		if !slices.Contains(known, m.name) {
			return nil, fmt.Errorf("%s.%s is unknown%s", at, m.name, orNear(m.name, known))
		}
		var value *string
		if err := json.Unmarshal(m.value, &value); err != nil || value == nil {
			return nil, fmt.Errorf("%s.%s: it is no text", at, m.name)
		}
		values[m.name] = *value
	}
	return values, nil
}
