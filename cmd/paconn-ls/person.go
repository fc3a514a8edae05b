package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"time"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// DeviceCode shows the code of a sign-in: on standard error, where it is no result; paconn writes it to standard output,
// where scripts look for it.
func (c *console) DeviceCode(_ context.Context, code commands.DevicePrompt) error {
	message := code.Message
	if message == "" {
		message = fmt.Sprintf("To sign in, open %s in a browser and enter the code %s", code.URL, code.Code)
	}
	c.steps.clear()
	w := c.err
	if c.manner == commands.Paconn {
		w = c.out
	}
	_, err := fmt.Fprintln(w, report.Printable(message))
	if left := time.Until(code.Expires); c.manner == commands.Own && left > time.Minute && !code.Expires.IsZero() {
		c.say("The code is good for %s.", plural(int(left.Round(time.Minute)/time.Minute), "minute", "minutes"))
	}
	return err
}

// Open opens a page in the browser of this machine, and says which in case that does not work.
func (c *console) Open(ctx context.Context, url string) error {
	c.say("Sign in in the browser. If it does not open, this is the page:\n%s", report.Printable(url))
	name, args := opener(url)
	cmd := exec.CommandContext(context.WithoutCancel(ctx), name, args...)
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	if err := cmd.Start(); err != nil {
		return nil // the page is told
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// opener returns the program that opens a URL the way the person's settings of the machine say.
func opener(url string) (name string, args []string) {
	switch runtime.GOOS {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", url}
	case "darwin":
		return "open", []string{url}
	}
	return "xdg-open", []string{url}
}
