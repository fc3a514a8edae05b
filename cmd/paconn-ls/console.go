package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// console is where a verb of the service meets the person: the two streams, and the keyboard.
type console struct {
	manner   commands.Manner
	program  string // the name that messages begin with
	dir      string // the working folder
	in       io.Reader
	out, err io.Writer
	lines    *bufio.Reader // of in
	steps    *steps
	level    slog.Level // of what is logged to err
	color    string     // auto, always or never
}

func newConsole(cmd *cobra.Command) (*console, error) {
	return openConsole(commands.Own, cmd.Root().Name(), cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
}

func openConsole(manner commands.Manner, program string, in io.Reader, out, err io.Writer) (*console, error) {
	dir, failure := os.Getwd()
	if failure != nil {
		return nil, failed(failure)
	}
	return &console{
		manner: manner, program: program, dir: dir, in: in, out: out, err: err,
		lines: bufio.NewReader(in), steps: newSteps(err), level: slog.LevelWarn, color: "auto",
	}, nil
}

// env returns the world of a verb that is asked for here.
func (c *console) env() *commands.Env {
	env := commands.NewEnv(c.dir, os.Getenv)
	env.Manner, env.Version, env.Note, env.Step, env.Show = c.manner, buildVersion(), c.note, c.steps.show, c
	env.Log = slog.New(slog.NewTextHandler(errStream{c}, &slog.HandlerOptions{Level: c.level}))
	if c.canAsk() {
		env.Ask = c
	}
	return env
}

// speakUp has more told of what is done: each step, and of the log what is at least of a level.
func (c *console) speakUp(level slog.Level) {
	c.level = min(c.level, level)
	c.steps = &steps{w: c.err, lines: true}
}

// say writes for the person what is no result. One line is broken where the terminal is narrower; several are drawn for its
// width already.
func (c *console) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if c.manner == commands.Own && !strings.Contains(text, "\n") {
		text = folded(c.err, text)
	}
	c.steps.clear()
	_, _ = fmt.Fprintln(c.err, text)
}

// note tells what the user should know. In the manner of paconn it looks as its warnings do.
func (c *console) note(text string) {
	p, word := c.paint(c.err), "note:"
	if c.manner == commands.Paconn {
		word = "WARNING:"
	}
	text = word + " " + report.Printable(text)
	if c.manner == commands.Own {
		text = folded(c.err, text)
	}
	c.say("%s%s", p(report.Yellow, word), strings.TrimPrefix(text, word))
}

// result writes to standard output.
func (c *console) result(text string) error {
	c.steps.clear()
	if _, err := io.WriteString(c.out, text); err != nil {
		return failed(err)
	}
	return nil
}

func (c *console) paint(w io.Writer) report.Paint { return paint(c.color, w) }

// errStream is standard error beside a line of progress.
type errStream struct{ c *console }

func (s errStream) Write(p []byte) (int, error) {
	s.c.steps.clear()
	return s.c.err.Write(p)
}
