package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"paconn-ls/internal/jsondoc"
)

// compare reads the connector back and tells what became of what was sent. The connector is made or changed by now: what
// goes wrong is noted. old is what was deployed before.
func (d *deployment) compare(ctx context.Context, old deployed) {
	d.step("reading the connector back")
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	sent, _ := d.shown(ctx)
	now, err := d.readBack(ctx, old, sent)
	if err != nil {
		d.env.note("the connector could not be read back: %v", err)
	}
	if !now.exists() {
		d.result.RedirectURLs = d.redirectURLs(sent.Get("properties"))
		return
	}
	d.result.Differences = d.differences(sent, now)
	d.result.RedirectURLs = d.redirectURLs(now.properties())
}

// readBack reads the connector until the service shows it the way it was sent. With an error it returns what it could read. A new one may be invisible for half a
// minute (seen in another client of Microsoft's, which waits as long); a changed one is read again while the service gives
// the time of the last change before ours and other content than ours.
func (d *deployment) readBack(ctx context.Context, old deployed, sent jsondoc.Value) (deployed, error) {
	wait := d.env.pause()
	for n := 0; ; n++ {
		now, err := d.read(ctx)
		switch {
		case err == nil && (n == mostChecks || !old.exists() || now.connector.Changed.After(old.connector.Changed)):
			return d.learn(ctx, now)
		case err == nil:
			if now, err = d.learn(ctx, now); err != nil || len(d.differences(sent, now)) == 0 {
				return now, err
			}
		case n == mostReads || !notThere(err):
			return now, err
		}
		select {
		case <-ctx.Done():
			return now, ctx.Err()
		case <-time.After(wait):
			wait = min(2*wait, longest*d.env.pause())
		}
	}
}

// Bounds of reading back: with a first pause of a second, half a minute for a new connector, seven seconds for a change.
const (
	mostReads  = 6
	mostChecks = 3
	longest    = 8
)

// pause is the first pause before something is tried again: that of PACONN_RETRY_DELAY.
func (e *Env) pause() time.Duration {
	if d, err := time.ParseDuration(e.getenv("PACONN_RETRY_DELAY")); err == nil && d > 0 {
		return d
	}
	return time.Second
}

// differences returns what the service dropped or altered of what was sent. What it adds does not count, nor whether it
// leaves out what says nothing, nor secrets, which it never shows.
func (d *deployment) differences(sent jsondoc.Value, now deployed) []Change {
	var found []jsondoc.Difference
	properties := sent.Get("properties")
	for v := range properties.Children() {
		if key := v.Key(); !slices.Contains(derived, key) {
			found = append(found, jsondoc.Diff(v, now.properties().Get(key))...)
		}
	}
	out := d.told(inProperties, slices.DeleteFunc(found, harmless))
	if now.definition != nil {
		found = jsondoc.Diff(definitionIn(sent), now.definition.Root())
		out = append(out, d.told(inDefinition, slices.DeleteFunc(found, harmless))...)
	}
	switch {
	case d.script == scriptSent && !now.hasScript():
		out = append(out, Change{File: inScript, Kind: "removed"})
	case d.script == scriptDropped && now.hasScript():
		out = append(out, Change{File: inScript, Kind: "added"})
	}
	return out
}

// harmless reports whether a difference of what the service shows from what was sent means nothing.
func harmless(x jsondoc.Difference) bool {
	return x.Order || !x.Old.Exists() || isEmpty(x.Old) && isEmpty(x.New) || strings.EqualFold(x.Old.Key(), clientSecretKey)
}
