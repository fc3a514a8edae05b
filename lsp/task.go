package lsp

import (
	"context"
	"slices"
	"sync"

	"go.lsp.dev/protocol"

	"paconn-ls/commands"
)

// occupied are the folders that verbs work on which may not meet there.
type occupied struct {
	mu      sync.Mutex
	folders []string
}

// alone reports whether a verb must be the only one in its folder.
func alone(v commands.Verb) bool {
	return v.Name == "download" || v.Name == "create" || v.Name == "update"
}

// begin reports whether a verb may start in a folder.
func (o *occupied) begin(v commands.Verb, dir string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !alone(v) {
		return true
	}
	if slices.ContainsFunc(o.folders, func(other string) bool { return samePlace(other, dir) }) {
		return false
	}
	o.folders = append(o.folders, dir)
	return true
}

func (o *occupied) end(v commands.Verb, dir string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if alone(v) {
		o.folders = slices.DeleteFunc(o.folders, func(other string) bool { return other == dir })
	}
}

// task is a verb that runs: its progress, which begins with its first step, and its notes.
type task struct {
	server *server
	ctx    context.Context
	cancel context.CancelFunc
	title  string
	token  protocol.ProgressToken // nil when no progress is shown
	theirs bool                   // the client made the token
	done   func()

	mu    sync.Mutex
	begun bool
	notes []string
}

// beginTask makes a task of a verb. It can be cancelled through its progress, and with the request.
func (s *server) beginTask(ctx context.Context, v commands.Verb, token protocol.ProgressToken) (context.Context, *task) {
	theirs := token != nil
	ctx, token, end := s.scans.begin(ctx, token)
	ctx, cancel := context.WithCancel(ctx)
	t := &task{server: s, ctx: ctx, cancel: cancel, title: v.Short, theirs: theirs, done: end}
	if theirs || s.client.progress {
		t.token = token
	}
	return ctx, t
}

// step shows what is being done.
func (t *task) step(text string, done, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token == nil || !t.start() {
		return
	}
	report := &protocol.WorkDoneProgressReport{Kind: "report", Message: &text, Cancellable: ptr(true)}
	if total > 0 {
		report.Percentage = ptr(uint32(min(max(done, 0), total) * 100 / total))
	}
	t.server.progress(t.token, report)
}

// start begins the progress with the first step and reports whether there is one. The lock is held.
func (t *task) start() bool {
	if t.begun {
		return true
	}
	if !t.theirs && t.server.call(t.ctx, protocol.MethodWindowWorkDoneProgressCreate, &protocol.WorkDoneProgressCreateParams{Token: t.token}, nil) != nil {
		t.token = nil
		return false
	}
	t.begun = true
	t.server.progress(t.token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: t.title, Cancellable: ptr(true), Percentage: ptr(uint32(0))})
	return true
}

// note keeps a note for the answer, and logs it where the user can look.
func (t *task) note(text string) {
	t.mu.Lock()
	t.notes = append(t.notes, text)
	t.mu.Unlock()
	t.server.notify(protocol.MethodWindowLogMessage, &protocol.LogMessageParams{Type: protocol.MessageTypeInfo, Message: text})
}

// end ends the progress.
func (t *task) end() {
	t.cancel()
	t.done()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.begun {
		t.server.progress(t.token, &protocol.WorkDoneProgressEnd{Kind: "end"})
		t.begun = false
	}
}
