package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"paconn-ls/commands"
	"paconn-ls/powerapps/sandbox"
)

type sandboxFlags struct {
	dir         string
	port        uint16
	autoApprove bool
	tokenLife   time.Duration
	faults      []string
}

const sandboxHelp = `Serve the Power Apps service on this machine, to try things out and to test pipelines without a tenant: sign-in,
environments, connectors, validation, icons and scripts. Every verb finds it with --cloud sandbox, in any terminal.

It listens on loopback only, over TLS with a certificate that it makes; --cloud sandbox trusts that one and no other. A
sign-in is approved by anybody on a page of the sandbox's, of whose certificate a browser warns, or by itself with
--auto-approve. Secrets of connectors are not kept. It runs until Ctrl-C, and one at a time for each config folder
(PACONN_CONFIG_DIR).

--fault lets requests go wrong, the next ones that match: [METHOD] [PATH] KIND [WORD…]
  KIND  a status such as 503, or reset, slow, truncated, html, empty, huge, bad-json, wrong-json, redirect,
        echo (an error that repeats the request, secrets too)
  PATH  as it is sent, without the query; * stands for any text
  WORD  after (the work is done all the same), times=N or times=always, skip=N, retry-after=SECONDS, delay=TIME, status=N,
        code=CODE, to=URL
Faults are also set while it runs: POST one as JSON to /sandbox/faults, with the key of sandbox.json as X-Sandbox-Key.`

func newSandbox() *cobra.Command {
	f := &sandboxFlags{}
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the Power Apps service on this machine, to try things out",
		Long:  sandboxHelp,
		Example: "  paconn-ls sandbox\n  paconn-ls sandbox --dir ~/sandbox --auto-approve\n" +
			"  paconn-ls sandbox --fault '429 retry-after=2 times=3' --fault 'POST */apis reset after'",
		Args: cobra.NoArgs,
		RunE: f.run,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.dir, "dir", "", "the folder to keep the connectors in (default: they are kept in memory)")
	flags.Uint16Var(&f.port, "port", 0, "the port to listen at (default: a free one)")
	flags.BoolVar(&f.autoApprove, "auto-approve", false, "approve every sign-in with a device code or a browser")
	flags.DurationVar(&f.tokenLife, "token-life", time.Hour, "how long access tokens last")
	flags.StringArrayVar(&f.faults, "fault", nil, "what goes wrong; may be repeated")
	_ = cmd.RegisterFlagCompletionFunc("fault", cobra.NoFileCompletions)
	_ = cmd.MarkFlagDirname("dir")
	return cmd
}

func (f *sandboxFlags) run(cmd *cobra.Command, _ []string) error {
	var faults []sandbox.Fault
	for _, text := range f.faults {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			return fmt.Errorf("--fault: %w", err)
		}
		faults = append(faults, fault)
	}
	s, err := f.start(cmd.ErrOrStderr())
	var running *sandbox.RunningError
	if errors.As(err, &running) {
		return failed(fmt.Errorf("%w\n  what to do: for a second one beside it, set PACONN_CONFIG_DIR to another folder, and take another --dir", err))
	}
	if err != nil {
		return failed(fmt.Errorf("the sandbox does not start: %w", err))
	}
	for _, fault := range faults {
		s.Fail(fault)
	}
	f.welcome(cmd.ErrOrStderr(), s)
	<-cmd.Context().Done()
	if err := s.Close(); err != nil {
		return failed(fmt.Errorf("the sandbox does not end well: %w", err))
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "The sandbox has ended.")
	return nil
}

func (f *sandboxFlags) start(log io.Writer) (*sandbox.Sandbox, error) {
	config, err := commands.ConfigDir(os.Getenv)
	if err != nil {
		return nil, err
	}
	if f.dir != "" {
		if f.dir, err = filepath.Abs(f.dir); err != nil {
			return nil, err
		}
	}
	return sandbox.Start(sandbox.Options{
		Dir: f.dir, Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(int(f.port))), ConfigDir: config,
		AutoApprove: f.autoApprove, TokenLife: f.tokenLife, Log: slog.New(&requestLog{w: log}),
	})
}

// welcome says what runs, and what to try.
func (f *sandboxFlags) welcome(w io.Writer, s *sandbox.Sandbox) {
	kept := "in memory: they are gone when it ends"
	if f.dir != "" {
		kept = "in " + f.dir
	}
	fmt.Fprintf(w, "A sandbox of the Power Apps service listens at %s, for this machine only.\nIts connectors are kept %s.\n", s.URL(), kept)
	where := "In another terminal, try"
	if config := os.Getenv("PACONN_CONFIG_DIR"); config != "" {
		where = "In another terminal, with PACONN_CONFIG_DIR set to " + config + ", try"
	}
	fmt.Fprintf(w, `%s
  paconn-ls login --cloud sandbox
  paconn-ls list environments --cloud sandbox
  paconn-ls list connectors --cloud sandbox --env %s
Ctrl-C ends it. Requests:
`, where, sandbox.Environments[0].Name)
}

// requestLog writes a line for each request: when, its method and path, the status, and how long it took.
type requestLog struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *requestLog) Enabled(context.Context, slog.Level) bool { return true }

func (l *requestLog) Handle(_ context.Context, r slog.Record) error {
	line := r.Time.Format(time.TimeOnly)
	if r.Level > slog.LevelInfo {
		line += " " + r.Message
	}
	r.Attrs(func(a slog.Attr) bool {
		line += " " + a.Value.String()
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := io.WriteString(l.w, shownLines(line)+"\n")
	return err
}

func (l *requestLog) WithAttrs([]slog.Attr) slog.Handler { return l }

func (l *requestLog) WithGroup(string) slog.Handler { return l }
