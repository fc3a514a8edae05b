package sandbox

import (
	"cmp"
	"slices"
	"sync"
)

// shelf keeps the connectors.
type shelf struct {
	writing sync.Mutex // held while a connector is changed, from reading to writing
	kept    folder
	mu      sync.RWMutex
	byID    map[string]*api
}

// openShelf returns the connectors that are kept in a folder, or some to begin with where there are none.
func openShelf(kept folder) (*shelf, error) {
	s := &shelf{kept: kept, byID: map[string]*api{}}
	for _, c := range builtin() {
		s.byID[c.id] = c
	}
	there, err := kept.load()
	if err != nil {
		return nil, err
	}
	for _, c := range there {
		s.byID[c.id] = c
	}
	if len(there) == 0 {
		for _, c := range seeds() {
			if err := s.put(c); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

func (s *shelf) get(id string) *api {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.byID[id]
}

// put keeps a connector, in the place of the one of its id.
func (s *shelf) put(c *api) error {
	if err := s.kept.put(c); err != nil {
		return err
	}
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
