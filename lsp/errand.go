package lsp

import (
	"context"
	"sync"
)

// errand is a job in the background that runs once at a time, and once more when it was requested meanwhile: whoever
// requests it can rely on a run that began afterwards.
type errand struct {
	mu    sync.Mutex
	again bool
	done  chan struct{} // closed when it is over; nil when it does not run
}

// request has the job run soon.
func (e *errand) request(s *server, name string, job func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.done != nil {
		e.again = true
		return
	}
	done := make(chan struct{})
	e.done = done
	guarded := func() {
		defer s.recovered(name)
		job()
	}
	if !s.spawn(name, func() { e.run(done, guarded) }) {
		e.done = nil
	}
}

func (e *errand) run(done chan struct{}, job func()) {
	defer close(done)
	for more := true; more; {
		more = e.once(job)
	}
}

// once runs the job and reports whether it was requested meanwhile.
func (e *errand) once(job func()) (more bool) {
	job()
	e.mu.Lock()
	defer e.mu.Unlock()
	if more, e.again = e.again, false; !more {
		e.done = nil
	}
	return more
}

// wait waits until the job does not run.
func (e *errand) wait(ctx context.Context) {
	e.mu.Lock()
	done := e.done
	e.mu.Unlock()
	if done == nil {
		return
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
}
