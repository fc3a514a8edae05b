package lsp

// WithHook returns options with a function that is called at the start of every handler.
func WithHook(o Options, hook func(method string)) Options {
	o.hook = hook
	return o
}

// Difference is difference, for tests.
var Difference = difference
