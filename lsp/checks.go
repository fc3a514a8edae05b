package lsp

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// pace says how soon a check should follow a change.
type pace uint8

const (
	atOnce  pace = iota // opened, closed, changed on disk, configured
	typing              // another change will follow soon
	saved               // at once, and deep
	waiting             // nobody looks at it: deep, after everything else
)

// While somebody types a check waits about twice what the last one took, within these bounds. The deep check comes after
// a rest.
const (
	shortestWait = 20 * time.Millisecond
	longestWait  = 120 * time.Millisecond
	restBefore   = 500 * time.Millisecond
)

// checks decides when what is checked. Of each key one check runs at a time; a newer change cancels it.
type checks struct {
	ctx   context.Context
	group *crew
	run   func(ctx context.Context, key string, d depth) (cost time.Duration, ok bool)
	slots chan struct{} // for checks that nobody waits for

	longest time.Duration // wait while somebody types

	mu      sync.Mutex
	jobs    map[string]*job
	stopped bool
}

// job is the checking of one key.
type job struct {
	turn    int                // counts what was scheduled; older turns are void
	timer   *time.Timer        // of the check that is due, nil when none is
	due     depth              // its depth
	cancel  context.CancelFunc // of the check that runs, nil when none does
	changed time.Time          // when the last change was
	cost    time.Duration      // of the last live check
}

func newChecks(ctx context.Context, group *crew, run func(context.Context, string, depth) (time.Duration, bool)) *checks {
	return &checks{ctx: ctx, group: group, run: run, jobs: map[string]*job{}, longest: longestWait,
		slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))}
}

// schedule has key checked after a change.
func (c *checks) schedule(key string, p pace) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return
	}
	j := c.jobs[key]
	if j == nil {
		j = &job{}
		c.jobs[key] = j
	}
	j.changed = time.Now()
	if j.cancel != nil {
		j.cancel()
		j.cancel = nil
	}
	switch p {
	case typing:
		if j.timer == nil || j.due == deep {
			c.arm(key, j, live, min(max(2*j.cost, shortestWait), c.longest), p)
		}
	case atOnce:
		c.arm(key, j, live, 0, p)
	default:
		c.arm(key, j, deep, 0, p)
	}
}

// arm sets the timer of a job, in place of what was due before.
func (c *checks) arm(key string, j *job, d depth, wait time.Duration, p pace) {
	if j.timer != nil && j.timer.Stop() {
		c.group.leave()
	}
	j.turn++
	turn := j.turn
	j.due = d
	if !c.group.join() {
		j.timer = nil
		return
	}
	j.timer = time.AfterFunc(wait, func() {
		defer c.group.leave()
		c.fire(key, j, turn, d, p)
	})
}

func (c *checks) fire(key string, j *job, turn int, d depth, p pace) {
	c.mu.Lock()
	if j.turn != turn || c.ctx.Err() != nil {
		c.mu.Unlock()
		return
	}
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	j.timer, j.cancel = nil, cancel
	c.mu.Unlock()
	if p == waiting {
		select {
		case c.slots <- struct{}{}:
			defer func() { <-c.slots }()
		case <-ctx.Done():
		}
	}
	var cost time.Duration
	ok := false
	if ctx.Err() == nil {
		cost, ok = c.run(ctx, key, d)
	}
	c.done(key, j, turn, d, cost, ok)
}

// done notes the end of a check. The deep one follows a live one after a rest.
func (c *checks) done(key string, j *job, turn int, d depth, cost time.Duration, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if j.turn != turn {
		return
	}
	j.cancel = nil
	if d == live && ok {
		j.cost = cost
		c.arm(key, j, deep, max(0, restBefore-time.Since(j.changed)), atOnce)
	}
}

// stop ends every check. Nothing is scheduled any more.
func (c *checks) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
	for _, j := range c.jobs {
		j.turn++
		if j.timer != nil && j.timer.Stop() {
			c.group.leave()
		}
		j.timer = nil
		if j.cancel != nil {
			j.cancel()
		}
	}
}
