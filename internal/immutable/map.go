// Package immutable holds a map that never changes, for snapshots of workspaces with thousands of connectors: a change
// makes another map that shares nearly all of it.
package immutable

import (
	"iter"
	"maps"
)

// parts is in how many maps the entries are spread. A change copies one of them.
const parts = 256

// Map is a map by names that never changes. The nil Map is empty.
type Map[V any] struct {
	parts [parts]map[string]V
	size  int
}

// part returns which part holds a key: its FNV-1a hash, folded.
func part(key string) int {
	h := uint32(2166136261)
	for i := range len(key) {
		h = (h ^ uint32(key[i])) * 16777619
	}
	return int((h ^ h>>8 ^ h>>16) % parts)
}

// Get returns what the map holds under a key; ok is false when it holds nothing there.
func (m *Map[V]) Get(key string) (value V, ok bool) {
	if m != nil {
		value, ok = m.parts[part(key)][key]
	}
	return value, ok
}

// Of returns what the map holds under a key, or the zero value.
func (m *Map[V]) Of(key string) V {
	value, _ := m.Get(key)
	return value
}

// Len returns the number of entries.
func (m *Map[V]) Len() int {
	if m == nil {
		return 0
	}
	return m.size
}

// With returns the map with another value under a key.
func (m *Map[V]) With(key string, value V) *Map[V] {
	next, changed := m.copied(key)
	if _, had := changed[key]; !had {
		next.size++
	}
	changed[key] = value
	return next
}

// Without returns the map without a key.
func (m *Map[V]) Without(key string) *Map[V] {
	if _, ok := m.Get(key); !ok {
		return m
	}
	next, changed := m.copied(key)
	next.size--
	delete(changed, key)
	return next
}

// copied returns a map like m, and its part for a key, which alone is new.
func (m *Map[V]) copied(key string) (*Map[V], map[string]V) {
	next := &Map[V]{}
	if m != nil {
		*next = *m
	}
	i := part(key)
	changed := maps.Clone(next.parts[i])
	if changed == nil {
		changed = map[string]V{}
	}
	next.parts[i] = changed
	return next, changed
}

// All yields every entry, in no order.
func (m *Map[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		if m == nil {
			return
		}
		for _, p := range m.parts {
			for key, value := range p {
				if !yield(key, value) {
					return
				}
			}
		}
	}
}
