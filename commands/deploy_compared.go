package commands

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

// ChangedError says that what an update would send, or what is deployed, is not what a dry run told of. Nothing was sent.
type ChangedError struct{}

func (*ChangedError) Error() string {
	return "the files or what is deployed changed since they were compared; nothing was sent"
}

// lookAt puts into the result what would change of a connector that is deployed, as far as that can be learned, with what
// stands for all that was looked at.
func (d *deployment) lookAt(ctx context.Context, old deployed, next jsondoc.Value) {
	d.result.Changes, old = d.changesFrom(ctx, old)
	if old.exists() {
		d.result.Before = d.secrets.hide(before(old, next, d.result.Changes))
		d.result.Compared = d.compared()
	}
}

// compared returns a digest of what would be sent, to the byte, and of what is deployed, as it is shown: the addresses of
// its files are others each time.
func (d *deployment) compared() string {
	h := sha256.New()
	e := json.NewEncoder(h) // each part ends where the next one begins
	for _, f := range []*connector.File{d.files.definition, d.files.properties, d.files.icon, d.files.script} {
		if f == nil {
			_ = e.Encode(nil)
			continue
		}
		_ = e.Encode([]byte(f.Content.String()))
	}
	_ = e.Encode([]any{d.environment, d.id, d.script, d.result.Before, d.result.Changes})
	return hex.EncodeToString(h.Sum(nil))
}

// asExpected returns an error unless all is as it was when it was compared.
func (d *deployment) asExpected(ctx context.Context, old deployed) error {
	if d.expected == "" {
		return nil
	}
	look := *d
	next, _ := look.shown(ctx)
	look.lookAt(ctx, old, next)
	if err := ctx.Err(); err != nil {
		return err
	}
	if look.result.Compared != d.expected {
		return &ChangedError{}
	}
	d.result.Changes = look.result.Changes
	return nil
}
