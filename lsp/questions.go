package lsp

import (
	"context"
	"encoding/json"
	"fmt"

	"paconn-ls/commands"
)

// The requests of our own that a client answers whose initializationOptions say {"asks": true}. To each null is an answer
// too: the person closed the question.
const (
	methodChoose     = "paconn/choose"     // {what, options: [{id, title}], folder} → {id}
	methodConfirm    = "paconn/confirm"    // {question, folder} → {yes}
	methodSecret     = "paconn/secret"     // {question, folder} → {secret}
	methodDeviceCode = "paconn/deviceCode" // {message, code, url, expires} → {cancel}
)

// interview asks a client that has lists and hidden fields.
type interview struct{ person }

type offered struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Choose asks for one of any number of options.
func (i *interview) Choose(ctx context.Context, c commands.Choice) (int, error) {
	question := struct {
		What    string    `json:"what"`
		Options []offered `json:"options"`
		Folder  string    `json:"folder"`
	}{What: c.What, Folder: i.dir}
	for n, title := range c.Options {
		question.Options = append(question.Options, offered{c.IDs[n], title})
	}
	var answer struct{ ID string }
	if err := i.inquire(ctx, methodChoose, question, &answer); err != nil {
		return 0, err
	}
	for n, id := range c.IDs {
		if id == answer.ID {
			return n, nil
		}
	}
	return 0, context.Canceled
}

// Confirm asks a question.
func (i *interview) Confirm(ctx context.Context, question string) (bool, error) {
	answer := struct{ Yes *bool }{}
	if err := i.inquire(ctx, methodConfirm, i.about(question), &answer); err != nil {
		return false, err
	}
	if answer.Yes == nil {
		return false, context.Canceled
	}
	return *answer.Yes, nil
}

// Secret asks for a text that is not shown.
func (i *interview) Secret(ctx context.Context, question string) (string, error) {
	answer := struct{ Secret *string }{}
	if err := i.inquire(ctx, methodSecret, i.about(question), &answer); err != nil {
		return "", err
	}
	if answer.Secret == nil {
		return "", context.Canceled
	}
	return *answer.Secret, nil
}

// about is a question about what is worked on.
func (i *interview) about(question string) map[string]string {
	return map[string]string{"question": question, "folder": i.dir}
}

// DeviceCode has the client show the code, and cancels the sign-in when the person does. A client that closes what it shows
// says so at once.
func (i *interview) DeviceCode(ctx context.Context, code commands.DevicePrompt) error {
	i.server.spawn("device code", func() {
		var answer struct{ Cancel bool }
		err := i.inquire(ctx, methodDeviceCode, code, &answer)
		if err != nil && ctx.Err() == nil {
			i.server.log.Warn("the client cannot show the code of the sign-in", "error", err)
		}
		if err != nil || answer.Cancel {
			i.cancel()
		}
	})
	return nil
}

// inquire sends a question and reads the answer, into nothing when the person closed it. What was answered is in no error:
// it may be a secret.
func (i *interview) inquire(ctx context.Context, method string, question, answer any) error {
	raw, err := json.Marshal(question)
	if err != nil {
		return err
	}
	raw, err = i.server.stream.ask(ctx, method, raw)
	if err != nil || string(raw) == "null" {
		return err
	}
	if json.Unmarshal(raw, answer) != nil {
		return fmt.Errorf("the editor's answer to %s cannot be read", method)
	}
	return nil
}

// somebody is whoever sits before the editor, asked in the way that the client can.
func (s *server) somebody(dir string, cancel context.CancelFunc) interface {
	commands.Asker
	commands.Interaction
} {
	p := person{server: s, dir: dir, cancel: cancel}
	if s.client.asks {
		return &interview{p}
	}
	return &p
}
