package commands

import "context"

// Walk calls found for the folder of every connector in the roots and below them, in the order of their names.
// Symbolic links are followed, each folder once, however the roots overlap. A folder that cannot be read is passed over.
// It stops when ctx is cancelled.
func Walk(ctx context.Context, roots []string, found func(dir string)) {
	w := walker{
		found:  func(dir string) bool { found(dir); return ctx.Err() == nil },
		failed: func(string, error) {},
		seen:   map[string]bool{},
		stop:   ctx.Err,
	}
	for _, root := range roots {
		w.walk(root)
	}
}

// Skipped reports whether no connectors are looked for in folders of that name.
func Skipped(folder string) bool { return skipped[folder] }
