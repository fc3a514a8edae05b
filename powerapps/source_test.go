package powerapps

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestWhenTokensAreReplaced goes through the life of a token, in which the sign-in service may be away.
func TestWhenTokensAreReplaced(t *testing.T) {
	away := errors.New("away")
	refused := &SignInError{Problem: "refused"}
	for _, c := range []struct {
		name  string
		life  time.Duration
		after time.Duration // since the first token
		err   error         // what the sign-in service says then
		asked int           // how often it is asked by then
		same  bool          // the first token comes again
		fails bool
	}{
		{name: "young", life: time.Hour, after: 54 * time.Minute, asked: 1, same: true},
		{name: "about to end", life: time.Hour, after: 56 * time.Minute, asked: 2},
		{name: "about to end, while the service is away", life: time.Hour, after: 56 * time.Minute, err: away, asked: 2, same: true},
		{name: "about to end, and refused", life: time.Hour, after: 56 * time.Minute, err: refused, asked: 2, fails: true},
		{name: "ended, while the service is away", life: time.Hour, after: time.Hour, err: away, asked: 2, fails: true},
		{name: "short, young", life: time.Minute, after: 29 * time.Second, asked: 1, same: true},
		{name: "short, old", life: time.Minute, after: 31 * time.Second, asked: 2},
		{name: "ended before it came", life: -time.Minute, asked: 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked, later := 0, error(nil)
				do := func(context.Context, string) (issued, error) {
					asked++
					got := issued{value: string(rune('a' + asked)), expires: time.Now().Add(c.life)}
					got.ObjectID = "oid"
					return got, later
				}
				source := newTokens(do, Account{User: "ada"}, &memoryCache{}, attempt{doing: "renew"})
				first, err := source.Token(t.Context(), "r")
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(c.after)
				later = c.err
				got, err := source.Token(t.Context(), "r")
				if (err != nil) != c.fails || asked != c.asked || !c.fails && (got.Value == first.Value) != c.same {
					t.Errorf("got %q, %v after %q; asked %d times", got.Value, err, first.Value, asked)
				}
			})
		})
	}
}
