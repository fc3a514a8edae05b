package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/term"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// canAsk reports whether somebody sits there who reads questions and can answer them.
func (c *console) canAsk() bool {
	in, ok := c.in.(*os.File)
	return ok && term.IsTerminal(int(in.Fd())) && isTerminal(c.questions())
}

// questions is the stream for questions: standard error, so that results can be redirected; in the manner of paconn
// standard output, as long as that is a terminal.
func (c *console) questions() io.Writer {
	if c.manner == commands.Paconn && isTerminal(c.out) {
		return c.out
	}
	return c.err
}

func (c *console) ask(format string, args ...any) {
	c.steps.clear()
	_, _ = fmt.Fprintf(c.questions(), format, args...)
}

// Choose asks with a numbered list, in the words of paconn.
func (c *console) Choose(ctx context.Context, choice commands.Choice) (int, error) {
	for {
		c.ask("Please select %s:\n", withArticle(choice.What))
		for i, o := range choice.Options {
			c.ask(" [%d] %s\n", i+1, report.Printable(o))
		}
		c.ask("Please enter a choice [Default choice(1)]: ")
		line, err := c.line(ctx, choice.Option)
		if err != nil {
			return 0, err
		}
		n, err := strconv.Atoi(line)
		if line == "" {
			n, err = 1, nil
		}
		if err == nil && n >= 1 && n <= len(choice.Options) {
			c.ask("%s selected: %s\n", capital(choice.What), report.Printable(choice.Options[n-1]))
			return n - 1, nil
		}
		c.say("WARNING: Valid values are %s", numbers(len(choice.Options)))
	}
}

// numbers writes 1 to n as paconn does, and leaves out the middle of many.
func numbers(n int) string {
	const most = 12
	var out []string
	for i := 1; i <= n; i++ {
		if n > most && i == most-1 {
			out, i = append(out, "…"), n
		}
		out = append(out, strconv.Itoa(i))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func withArticle(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Confirm asks until the answer is yes or no.
func (c *console) Confirm(ctx context.Context, question string) (bool, error) {
	for {
		c.ask("%s (y/n): ", report.Printable(question))
		line, err := c.line(ctx, "")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(line) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
	}
}

// Secret asks for a text that the terminal does not show. The terminal is told so before the question is asked: somebody may
// type quickly.
func (c *console) Secret(ctx context.Context, question string) (string, error) {
	in := c.in.(*os.File)
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return "", fmt.Errorf("the terminal cannot be told not to show what is typed: %w", err)
	}
	defer func() { _ = term.Restore(int(in.Fd()), before) }()
	c.steps.clear()
	keys := &keyboard{from: in}
	screen := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{keys, c.questions()}, "")
	prompt := strings.TrimRight(report.Printable(question), ": ") + ": "
	typed, err := awaited(ctx, func() (string, error) { return screen.ReadPassword(prompt) })
	if err != nil {
		_, _ = io.WriteString(c.questions(), "\r\n")
	}
	if keys.interrupted.Load() {
		return "", context.Canceled
	}
	return typed, unanswered(err, "")
}

// keyboard is a terminal that makes no signal of Ctrl-C.
type keyboard struct {
	from        io.Reader
	interrupted atomic.Bool
}

func (k *keyboard) Read(b []byte) (int, error) {
	n, err := k.from.Read(b)
	if bytes.IndexByte(b[:n], ctrlC) >= 0 {
		k.interrupted.Store(true)
	}
	return n, err
}

const ctrlC = 3

// line reads an answer, without the blanks around it. option gives the answer without a question; it may be "".
func (c *console) line(ctx context.Context, option string) (string, error) {
	text, err := awaited(ctx, func() (string, error) { return c.lines.ReadString('\n') })
	if err != nil {
		c.ask("\n")
		return "", unanswered(err, option)
	}
	return strings.TrimSpace(text), nil
}

// unanswered says why there is no answer to a question.
func unanswered(err error, option string) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	text := "the question was not answered: the input ended"
	if option != "" {
		text += "; " + option + " answers it beforehand"
	}
	return &exit{codeUsage, errors.New(text)}
}

// awaited reads what a person types, and stops waiting when the context ends. The reading itself cannot be stopped: it
// ends with the program.
func awaited[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := read()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
