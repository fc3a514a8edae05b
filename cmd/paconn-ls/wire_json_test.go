package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ordered is a JSON value that keeps the order of members, members of one key twice, and how numbers are spelled.
type ordered struct {
	kind    string // object, array, string, number, word
	text    string // of a string; else as it is spelled
	keys    []string
	members []ordered // of an object in the order of the keys; or elements
}

func readOrdered(text string) (ordered, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := nextOrdered(d)
	if err == nil && d.More() {
		err = errors.New("something stands behind the end")
	}
	return v, err
}

func nextOrdered(d *json.Decoder) (ordered, error) {
	token, err := d.Token()
	if err != nil {
		return ordered{}, err
	}
	switch t := token.(type) {
	case string:
		return ordered{kind: "string", text: t}, nil
	case json.Number:
		return ordered{kind: "number", text: t.String()}, nil
	case json.Delim:
		v := ordered{kind: map[json.Delim]string{'{': "object", '[': "array"}[t]}
		for d.More() {
			if v.kind == "object" {
				key, err := d.Token()
				if err != nil {
					return v, err
				}
				v.keys = append(v.keys, key.(string))
			}
			member, err := nextOrdered(d)
			if err != nil {
				return v, err
			}
			v.members = append(v.members, member)
		}
		_, err := d.Token()
		return v, err
	}
	return ordered{kind: "word", text: fmt.Sprint(token)}, nil
}

// difference is one between two JSON values.
type difference struct {
	pointer   string
	kind      string // added, removed, order, number (the same, spelled in another way), changed
	want, got ordered
}

func (d difference) String() string {
	return fmt.Sprintf("%s at %s: %q, want %q", d.kind, d.pointer, d.got.text, d.want.text)
}

// differ returns the differences between two values.
func differ(pointer string, want, got ordered) []difference {
	at := func(kind string) []difference { return []difference{{pointer, kind, want, got}} }
	switch {
	case want.kind != got.kind || want.kind == "array" && len(want.members) != len(got.members):
		return at("changed")
	case want.kind == "object":
		return differInMembers(pointer, want, got)
	case want.kind == "number" && want.text != got.text:
		x, err := strconv.ParseFloat(want.text, 64)
		y, other := strconv.ParseFloat(got.text, 64)
		if err == nil && other == nil && x == y {
			return at("number")
		}
		return at("changed")
	case want.text != got.text:
		return at("changed")
	}
	var out []difference
	for i := range want.members {
		out = append(out, differ(pointer+"/"+strconv.Itoa(i), want.members[i], got.members[i])...)
	}
	return out
}

func differInMembers(pointer string, want, got ordered) []difference {
	var out []difference
	var common []string
	for i, key := range want.keys {
		j := slices.Index(got.keys, key)
		if j < 0 {
			out = append(out, difference{pointer + "/" + key, "removed", want.members[i], ordered{}})
			continue
		}
		common = append(common, key)
		out = append(out, differ(pointer+"/"+key, want.members[i], got.members[j])...)
	}
	var order []string
	for j, key := range got.keys {
		if !slices.Contains(want.keys, key) {
			out = append(out, difference{pointer + "/" + key, "added", ordered{}, got.members[j]})
			continue
		}
		order = append(order, key)
	}
	if !slices.Equal(common, order) {
		out = append(out, difference{pointer: pointer, kind: "order", want: ordered{text: strings.Join(common, " ")}, got: ordered{text: strings.Join(order, " ")}})
	}
	return out
}
