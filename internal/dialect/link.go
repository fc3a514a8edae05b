package dialect

import (
	"strings"
	"sync"
)

// tables lists every object of the dialect. Objects refer to one another by name, because they are recursive.
var tables = [][]Object{swaggerObjects, extensionObjects, propertiesObjects, policyObjects, settingsObjects}

var linked = sync.OnceValue(link)

func link() map[string]*Object {
	byName := map[string]*Object{}
	for _, table := range tables {
		for i := range table {
			o := table[i]
			byName[o.Name] = &o
		}
	}
	for _, o := range byName {
		o.index = make(map[string]int, len(o.Keys))
		for i := range o.Keys {
			o.index[o.Keys[i].Name] = i
			resolve(&o.Keys[i].Value, byName)
		}
		resolve(o.Names, byName)
	}
	return byName
}

func resolve(v *Value, byName map[string]*Object) {
	for ; v != nil; v = v.Items {
		if v.Object != "" {
			v.object = byName[v.Object]
		}
	}
}

// Lookup returns the object of that name, or nil.
func Lookup(name string) *Object { return linked()[name] }

// All returns every object of the dialect by name.
func All() map[string]*Object { return linked() }

// Definition describes the root of apiDefinition.swagger.json, Properties that of apiProperties.json and Settings that
// of settings.json.
func Definition() *Object { return Lookup("definition file") }

// Properties describes the root of apiProperties.json.
func Properties() *Object { return Lookup("properties file") }

// Settings describes the root of settings.json.
func Settings() *Object { return Lookup("settings file") }

// Key returns the key of exactly that name, or nil.
func (o *Object) Key(name string) *Key {
	if o == nil {
		return nil
	}
	if i, ok := o.index[name]; ok {
		return &o.Keys[i]
	}
	return nil
}

// KeyFold returns the key of that name without regard to case, or nil.
func (o *Object) KeyFold(name string) *Key {
	if o == nil {
		return nil
	}
	for i := range o.Keys {
		if strings.EqualFold(o.Keys[i].Name, name) {
			return &o.Keys[i]
		}
	}
	return nil
}

// Choose returns the description that fits an object whose member key holds the string that get returns; present is
// false when there is no such member. An object without variants describes itself.
func (o *Object) Choose(get func(key string) (value string, present bool)) *Object {
	if o == nil {
		return nil
	}
	for i := range o.Variants {
		v := &o.Variants[i]
		s, present := get(v.Key)
		if !present {
			continue
		}
		if v.Value == "*" || s == v.Value || v.Fold && strings.EqualFold(s, v.Value) {
			return Lookup(v.Object).Choose(get)
		}
	}
	return o
}

// IsExtension reports whether a key of o is a specification extension rather than a name that the maker chose: "x-…"
// where such keys are legal.
func (o *Object) IsExtension(key string) bool {
	return o != nil && o.Extensions && len(key) > 2 && key[0] == 'x' && key[1] == '-'
}
