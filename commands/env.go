package commands

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"

	"paconn-ls/internal/report"
	"paconn-ls/powerapps"
)

// Env is the world of an operation, as whoever asks for it provides it.
type Env struct {
	Dir      string // absolute; what relative paths count from
	Manner   Manner
	Audience Audience
	Version  string // of the program, for the service's logs
	Default  string // the id or the name of the environment where nothing else names one: a setting of an editor
	Getenv   func(string) string
	Log      *slog.Logger
	Note     func(text string)                  // something that the user should know, at once; one line
	Step     func(text string, done, total int) // progress: what is done now ("uploading icon.png"); total 0 when nobody knows
	Ask      Asker                              // nil when nobody can be asked
	Show     powerapps.Interaction              // how a sign-in reaches the person
	Unsaved  func(path string) bool             // whether an editor holds a newer text of a file; nil means none
	Clouds   func() (powerapps.Clouds, error)   // the table with what the user added and a running sandbox
	Accounts Accounts
	Connect  func(powerapps.Cloud, powerapps.TokenSource) (Service, error)
}

// Manner is whose habits are followed where they differ.
type Manner int

// Own is how paconn-ls does things; Paconn is how paconn does, for a program that was started under its name: options
// that --settings overrules, paths that count from the working folder.
const (
	Own Manner = iota
	Paconn
)

// path returns an absolute path; "" stays "".
func (e *Env) path(name string) string {
	if name == "" {
		return ""
	}
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(e.Dir, name)
}

// saved returns an error when an editor holds a newer text of a file than the disk.
func (e *Env) saved(name string) error {
	if e.Unsaved != nil && e.Unsaved(e.path(name)) {
		return &ArgumentError{name, "it has changes in the editor that are not saved; save it first"}
	}
	return nil
}

func (e *Env) getenv(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}

func (e *Env) note(format string, args ...any) {
	if e.Note != nil {
		e.Note(e.Audience.Words(fmt.Sprintf(format, args...)))
	}
}

func (e *Env) step(text string, done, total int) {
	if e.Step != nil {
		e.Step(text, done, total)
	}
}

// program is the name that the program was started under.
func (e *Env) program() string {
	if e.Manner == Paconn {
		return "paconn"
	}
	return "paconn-ls"
}

// plain returns a text of a file, of the service or of the user as it can be shown: a terminal obeys escape sequences.
func plain(text string) string { return report.Printable(text) }

// Asker asks the user. Each method returns the context's error when it is cancelled.
type Asker interface {
	// Choose asks for one of the options and returns its index.
	Choose(ctx context.Context, c Choice) (int, error)
	// Confirm asks a question that is answered with yes or no.
	Confirm(ctx context.Context, question string) (bool, error)
	// Secret asks for a text that is not shown.
	Secret(ctx context.Context, question string) (string, error)
}

// Choice is a question with options, the first of which is the default.
type Choice struct {
	What    string   // "environment"
	Option  string   // that gives it without asking: "--env"
	Options []string // each different from the others
	IDs     []string // what each option stands for
}

// Accounts are the sign-ins of a user on this machine.
type Accounts interface {
	SignIn(ctx context.Context, in powerapps.SignIn, show powerapps.Interaction) (powerapps.Account, error)
	// List returns who is signed in, the latest sign-in first.
	List(ctx context.Context) ([]powerapps.Account, error)
	// Prefer puts an account that List returned first, as if it had signed in last.
	Prefer(ctx context.Context, account powerapps.Account) error
	// SignOut removes the accounts and every token of theirs, and returns those that it removed.
	SignOut(ctx context.Context, which func(powerapps.Account) bool) ([]powerapps.Account, error)
	// Source returns the tokens of an account that List returned.
	Source(account powerapps.Account, cloud powerapps.Cloud) (powerapps.TokenSource, error)
	// FromEnvironment returns the service principal that environment variables describe, without anything kept; ok is
	// false when they describe none. What is wrong with a description is a
	// *powerapps.VariablesError.
	FromEnvironment(cloud powerapps.Cloud) (source powerapps.TokenSource, account powerapps.Account, ok bool, err error)
	// Storage says in a line where and how tokens are kept: "encrypted in FILE, with a key in the system's keyring".
	Storage() string
}

// Service is the Power Apps service. Its errors are *powerapps.Error and *powerapps.SignInError.
type Service interface {
	Environments(ctx context.Context) ([]powerapps.Environment, error)
	// Connectors returns the custom connectors of an environment.
	Connectors(ctx context.Context, environment string) ([]powerapps.Connector, error)
	Connector(ctx context.Context, environment, id string) (powerapps.Connector, error)
	// Validate asks what the service says of a definition. A refusal is a verdict, not an error.
	Validate(ctx context.Context, definition []byte, rules powerapps.Certification) (powerapps.Verdict, error)
	Storage(ctx context.Context, environment string) (powerapps.Storage, error)
	// Upload puts a file into the storage under a name and returns the URL that the service can fetch it from, a secret.
	Upload(ctx context.Context, to powerapps.Storage, name string, content []byte) (url string, err error)
	// Create makes a connector of a registration, which is sent as it is, once, and returns its id.
	Create(ctx context.Context, environment string, registration []byte) (id string, err error)
	Update(ctx context.Context, environment, id string, registration []byte) error
	// Fetch returns what a URL of the service's answers leads to. It sends no token. doing completes the error's text.
	Fetch(ctx context.Context, url, doing string) ([]byte, error)
}

// NeedError says what an operation has to be told that it could not ask for.
type NeedError struct {
	What   string // "environment": a member of the operation's arguments
	Option string // "--env"
	Hint   string // how to find out: "⟨paconn-ls list environments shows them⟩"; may be empty
}

func (e *NeedError) Error() string {
	text := "no " + e.What + " is given, and there is nobody to ask: give " + e.Option
	if e.Hint != "" {
		text += " (" + Terminal.Words(e.Hint) + ")"
	}
	return text
}
