package lsp

import (
	"context"
	"fmt"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/commands"
)

// person is whoever sits before the editor. It is asked by messages of the editor, which know no lists and no secrets:
// an editor asks for these itself, after an error that says what is missing, and gives them as arguments.
type person struct {
	server *server
	dir    string             // that the verb works in
	cancel context.CancelFunc // of the verb that asks
}

// givenBy are the arguments that say beforehand what is chosen.
var givenBy = map[string]string{"environment": "environment", "connector": "connectorId"}

// mostButtons is how many choices a message can offer.
const mostButtons = 4

// Choose asks for one of a few options.
func (p *person) Choose(ctx context.Context, c commands.Choice) (int, error) {
	if len(c.Options) > mostButtons {
		member := givenBy[c.What]
		return 0, &commands.NeedError{What: member, Option: "the argument " + member, Hint: "paconn.list tells which there are"}
	}
	picked, err := p.server.prompt(ctx, "Which "+c.What+"?", c.Options...)
	if err != nil {
		return 0, err
	}
	for i, option := range c.Options {
		if option == picked {
			return i, nil
		}
	}
	return 0, context.Canceled
}

// Confirm asks a question. To close it is neither a Yes nor a No.
func (p *person) Confirm(ctx context.Context, question string) (bool, error) {
	picked, err := p.server.prompt(ctx, question, "Yes", "No")
	if err == nil && picked == "" {
		err = context.Canceled
	}
	return picked == "Yes", err
}

// Secret cannot be asked for: messages have no field to type into.
func (p *person) Secret(_ context.Context, question string) (string, error) {
	return "", &commands.NeedError{What: "secret", Option: "the argument secret", Hint: question}
}

// The buttons of the message that shows a device code.
const (
	openPage   = "Open the page"
	stopSignIn = "Cancel"
)

// DeviceCode shows the code, and opens the page when the person wants to.
func (p *person) DeviceCode(ctx context.Context, code commands.DevicePrompt) error {
	p.server.spawn("device code", func() {
		picked, err := p.server.prompt(ctx, code.Message, openPage, stopSignIn)
		switch {
		case err != nil:
		case picked == openPage:
			_ = p.Open(ctx, code.URL)
		case picked == stopSignIn:
			p.cancel()
		}
	})
	return nil
}

// Open opens a page in the browser.
func (p *person) Open(ctx context.Context, address string) error {
	u, err := uri.Parse(address)
	if err != nil {
		return fmt.Errorf("open the page of the sign-in: %w", err)
	}
	if !p.server.client.showsDocuments {
		p.server.notify(protocol.MethodWindowShowMessage, &protocol.ShowMessageParams{Type: protocol.MessageTypeInfo, Message: "Open this page in a browser: " + address})
		return nil
	}
	var answer protocol.ShowDocumentResult
	err = p.server.call(ctx, protocol.MethodWindowShowDocument, &protocol.ShowDocumentParams{URI: u, External: ptr(true)}, &answer)
	if err == nil && !answer.Success {
		err = fmt.Errorf("the editor could not open %s", address)
	}
	return err
}

// prompt shows a message with buttons and returns the one that was chosen, "" when it was closed. A person takes as long
// as a person takes.
func (s *server) prompt(ctx context.Context, message string, buttons ...string) (string, error) {
	params := &protocol.ShowMessageRequestParams{Type: protocol.MessageTypeInfo, Message: message}
	for _, b := range buttons {
		params.Actions = append(params.Actions, protocol.MessageActionItem{Title: b})
	}
	raw, err := protocol.Marshal(params)
	if err != nil {
		return "", err
	}
	raw, err = s.stream.ask(ctx, protocol.MethodWindowShowMessageRequest, raw)
	if err != nil || string(raw) == "null" {
		return "", err
	}
	var picked protocol.MessageActionItem
	if err := protocol.Unmarshal(raw, &picked); err != nil {
		return "", fmt.Errorf("the editor's answer to a message cannot be read: %w", err)
	}
	return picked.Title, nil
}
