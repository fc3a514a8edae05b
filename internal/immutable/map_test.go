package immutable_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"paconn-ls/internal/immutable"
)

// TestMap changes a map at random beside one of Go's own, and keeps old states to see that they stay as they were.
func TestMap(t *testing.T) {
	type state struct {
		got  *immutable.Map[int]
		want map[string]int
	}
	r := rand.New(rand.NewPCG(1, 2))
	now := state{nil, map[string]int{}}
	states := []state{now}
	for i := range 5000 {
		key := fmt.Sprint("/folder/", r.IntN(1000))
		want := maps.Clone(now.want)
		if r.IntN(3) == 0 {
			delete(want, key)
			now = state{now.got.Without(key), want}
		} else {
			want[key] = i
			now = state{now.got.With(key, i), want}
		}
		if i%50 == 0 {
			states = append(states, now)
		}
	}
	for i, s := range append(states, now) {
		if got := maps.Collect(s.got.All()); !maps.Equal(got, s.want) || s.got.Len() != len(s.want) {
			t.Fatalf("state %d has %d entries, %d when counted, want %d", i, s.got.Len(), len(got), len(s.want))
		}
		for key := range 1000 {
			key := fmt.Sprint("/folder/", key)
			want, has := s.want[key]
			if got, ok := s.got.Get(key); got != want || ok != has || s.got.Of(key) != want {
				t.Fatalf("state %d: %q is %d, %v", i, key, got, ok)
			}
		}
	}
}
