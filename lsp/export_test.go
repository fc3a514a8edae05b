package lsp

// WithHook returns options with a function that is called at the start of every handler.
func WithHook(o Options, hook func(method string)) Options {
	o.hook = hook
	return o
}

// Difference is difference, for tests.
var Difference = difference

// Session is a running server, for tests.
type Session struct{ s *server }

// WithSession returns options that tell of the server as soon as it runs.
func WithSession(o Options, tell func(Session)) Options {
	o.started = func(s *server) { tell(Session{s}) }
	return o
}

// Text returns what the server takes for the content of a file.
func (s Session) Text(path string) (string, bool) {
	t := s.s.state.Load().text(path)
	if t == nil {
		return "", false
	}
	return t.String(), true
}

// Hasty returns options under which typing is followed without a wait.
func Hasty(o Options) Options {
	o.hasty = 1
	return o
}
