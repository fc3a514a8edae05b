package main

import (
	"context"
	"io"
	"os"
	"reflect"
	"strings"

	"golang.org/x/term"

	"paconn-ls/commands"
)

// mostSecret is more than any client secret is long, in bytes.
const mostSecret = 64 << 10

// takeSecret reads the secret of --secret - from standard input, and says that one on the command line can be seen.
func (c *console) takeSecret(ctx context.Context, args reflect.Value) error {
	field, ok := args.Type().FieldByName("Secret")
	if !ok || field.Tag.Get("opt") == "" {
		return nil
	}
	secret := args.FieldByIndex(field.Index)
	switch secret.String() {
	case "":
		return nil
	case "-":
		text, err := c.readSecret(ctx)
		secret.SetString(text)
		return err
	}
	c.note("others on this machine can see a secret on the command line in the list of processes: PACONN_SECRET, or --secret - and standard input, keep it to you")
	return nil
}

// readSecret reads a secret from standard input, without the line's end behind it.
func (c *console) readSecret(ctx context.Context) (string, error) {
	if in, ok := c.in.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		return c.Secret(ctx, "OAuth2 client secret")
	}
	text, err := awaited(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(c.lines, mostSecret)) })
	if err != nil {
		return "", err
	}
	secret := strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r")
	if secret == "" || len(text) == mostSecret {
		return "", &commands.ArgumentError{Argument: "--secret -", Problem: "standard input holds no secret: give it there, or in PACONN_SECRET"}
	}
	return secret, nil
}
