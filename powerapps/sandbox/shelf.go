package sandbox

import (
	"cmp"
	"slices"
	"sync"
)

// shelf keeps the connectors.
type shelf struct {
	writing sync.Mutex // held while a connector is changed, from reading to writing
	mu      sync.RWMutex
	byID    map[string]*api
}

func openShelf(dir string) (*shelf, error) {
	s := &shelf{byID: map[string]*api{}}
	for _, c := range slices.Concat(builtin(), seeds()) {
		s.byID[c.id] = c
	}
	return s, nil
}

func (s *shelf) close() error { return nil }

func (s *shelf) get(id string) *api {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.byID[id]
}

func (s *shelf) put(c *api) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID[c.id] = c
	return nil
}

// list returns the connectors that come with the service, and then those of an environment, the oldest first.
func (s *shelf) list(environment string) []*api {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*api
	for _, c := range s.byID {
		if !c.custom() || c.environment == environment {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *api) int {
		return cmp.Or(cmp.Compare(a.environment, b.environment), a.created.Compare(b.created), cmp.Compare(a.id, b.id))
	})
	return out
}

// all returns every connector.
func (s *shelf) all() []*api {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*api
	for _, c := range s.byID {
		out = append(out, c)
	}
	return out
}
