package commands

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/report"
)

// CheckArgs says what to check and how.
type CheckArgs struct {
	// Paths are folders, in which every connector is checked, and files, which stand for their connector but of which only
	// their own problems are told.
	Paths []string
	// Profile and Rules go over what configuration files say; the zero values leave it to them.
	Profile diagnostics.Profile
	Rules   map[string]diagnostics.Severity
	// Severity is the least severe level that is told of; Off means Information.
	Severity diagnostics.Severity
	// Fix applies every safe fix, whatever its diagnostic's severity.
	Fix bool
	// Progress is told how many of the connectors are done, one call at a time. It may be nil.
	Progress func(done, total int)
}

// CheckResult is what a check found. It holds nothing of the connectors' trees, so that a thousand connectors fit.
type CheckResult struct {
	Problems   []report.Problem // connector by connector, in the order of their folders
	Unshown    int              // problems that a fix would cure too, but that are too little to be told
	Connectors int              // that were checked
	Files      int              // that they consist of
	Fixed      []Fixed          // what was fixed, when asked for
	Failures   []Failure        // what could not be read or written, and was left out
}

// Fixed tells of one fix that was applied.
type Fixed struct {
	Path  string
	Rule  string
	Title string // of the fix: "Remove the comma"
}

// Failure is a file or folder that a check had to leave out.
type Failure struct {
	Path string
	Err  error
}

// ArgumentError is an argument that cannot be worked with: the caller has to give another.
type ArgumentError struct {
	Argument string
	Problem  string // "holds no connector": what is wrong, then the way out
}

func (e *ArgumentError) Error() string { return e.Argument + ": " + e.Problem }

// Check checks the connectors that the paths lead to, with every rule that is on, also the deep ones. Connectors are
// checked side by side on all cores, each is let go when it is done. The result does not depend on timing.
func Check(ctx context.Context, args CheckArgs) (CheckResult, error) {
	targets, failures, err := findTargets(args.Paths)
	if err != nil {
		return CheckResult{}, err
	}
	results := make([]CheckResult, len(targets))
	progress := &counter{total: len(targets), tell: args.Progress}
	queue := make(chan int)
	var workers sync.WaitGroup
	for range min(args.workers(), len(targets)) {
		workers.Go(func() {
			for i := range queue {
				results[i] = checkTarget(ctx, targets[i], args)
				progress.step()
			}
		})
	}
	for i := range targets {
		if ctx.Err() != nil {
			break
		}
		queue <- i
	}
	close(queue)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return CheckResult{}, fmt.Errorf("check: %w", err)
	}
	return merge(results, failures), nil
}

// workers returns how many connectors are checked side by side. They are fixed one after the other: two that share a file
// would undo each other's fixes.
func (a CheckArgs) workers() int {
	if a.Fix {
		return 1
	}
	return runtime.GOMAXPROCS(0)
}

// counter counts what is done, for a caller that wants to see progress.
type counter struct {
	mu          sync.Mutex
	done, total int
	tell        func(done, total int)
}

func (c *counter) step() {
	if c.tell == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done++
	c.tell(c.done, c.total)
}

// merge puts results together. A file that two connectors share has its problems told once.
func merge(results []CheckResult, failures []Failure) CheckResult {
	type key struct {
		path, rule, message string
		place               report.Range
	}
	out := CheckResult{Failures: failures}
	told := map[key]bool{}
	for _, r := range results {
		for _, p := range r.Problems {
			k := key{p.Path, p.Rule, p.Message, p.Range}
			if !told[k] {
				told[k] = true
				out.Problems = append(out.Problems, p)
			}
		}
		out.Unshown += r.Unshown
		out.Connectors += r.Connectors
		out.Files += r.Files
		out.Fixed = append(out.Fixed, r.Fixed...)
		out.Failures = append(out.Failures, r.Failures...)
	}
	return out
}

// checkTarget checks one connector. A defect of ours in it costs that connector, not the others.
func checkTarget(ctx context.Context, t target, args CheckArgs) (out CheckResult) {
	defer func() {
		if r := recover(); r != nil {
			out = CheckResult{Connectors: 1, Failures: []Failure{{t.dir, fmt.Errorf("could not be checked, which is a defect of paconn-ls: %v", r)}}}
		}
	}()
	c := t.assemble()
	options, problems, failures := optionsFor(c, args)
	out = CheckResult{Connectors: 1, Files: len(c.Files()), Problems: problems, Failures: failures}
	for _, f := range c.Files() {
		if f.Err != nil && f.Role != connector.Config { // a configuration's failure is told above
			out.Failures = append(out.Failures, Failure{f.Path, f.Err})
		}
	}
	if args.Fix {
		fixed, done := FixAll(ctx, c, options, t.wants)
		if err := writeChanged(c, fixed); err != nil {
			out.Failures = append(out.Failures, *err)
		} else {
			c, out.Fixed = fixed, done
		}
	}
	found := diagnostics.Check(ctx, c, options)
	told := report.All(found)
	for i, d := range found {
		if !t.wants(d.File) || d.File.Err != nil {
			continue
		}
		if d.Severity <= leastSevere(args) {
			out.Problems = append(out.Problems, told[i])
		} else if safeFix(d) >= 0 {
			out.Unshown++
		}
	}
	return out
}

func leastSevere(args CheckArgs) diagnostics.Severity {
	if args.Severity == diagnostics.Off {
		return diagnostics.Information
	}
	return args.Severity
}

// writeChanged writes the files of a connector that differ from what they were. It stops at the first that it cannot write.
func writeChanged(before, after *connector.Connector) *Failure {
	for _, f := range after.Files() {
		if old := before.File(f.Path); old != nil && old.Content.String() != f.Content.String() {
			if err := WriteFile(f.Path, f.Content.String()); err != nil {
				return &Failure{f.Path, err}
			}
		}
	}
	return nil
}
