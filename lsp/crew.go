package lsp

import "sync"

// crew counts the jobs in the background of a session. Once it is dismissed it takes no more.
type crew struct {
	mu        sync.Mutex
	dismissed bool
	jobs      sync.WaitGroup
}

// join counts one more job, unless the crew is dismissed.
func (c *crew) join() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.dismissed {
		c.jobs.Add(1)
	}
	return !c.dismissed
}

// leave counts one job less.
func (c *crew) leave() { c.jobs.Done() }

// dismiss takes no more jobs and waits for those that are there.
func (c *crew) dismiss() {
	c.mu.Lock()
	c.dismissed = true
	c.mu.Unlock()
	c.jobs.Wait()
}
