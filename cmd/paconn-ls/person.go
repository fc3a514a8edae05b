package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
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
	name, args := opener(url, os.Getenv("BROWSER"))
	cmd := exec.CommandContext(context.WithoutCancel(ctx), name, args...)
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	cmd.Env = slices.DeleteFunc(os.Environ(), isSecretVariable) // a browser lives long, and starts much
	if cmd.Start() == nil {                                     // else the page is told
		go func() { _ = cmd.Wait() }()
	}
	return nil
}

// isSecretVariable reports whether an environment variable ("NAME=value") holds a secret of ours.
func isSecretVariable(variable string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(variable), "=")
	return slices.Contains([]string{"PACONN_SECRET", "PACONN_CLIENT_SECRET", "PACONN_CLIENT_CERTIFICATE_PASSWORD"}, name)
}

// opener returns the program that opens a URL the way the person's settings of the machine say. BROWSER names one, or
// several with colons between them, the first of which counts; in a container it leads to the browser outside.
func opener(url, browser string) (name string, args []string) {
	switch runtime.GOOS {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", url}
	case "darwin":
		return "open", []string{url}
	}
	first, _, _ := strings.Cut(browser, ":")
	words := strings.Fields(first)
	if len(words) == 0 {
		return "xdg-open", []string{url}
	}
	for i, word := range words {
		if strings.Contains(word, "%s") {
			words[i] = strings.ReplaceAll(word, "%s", url)
			return words[0], words[1:]
		}
	}
	return words[0], append(words[1:], url)
}
