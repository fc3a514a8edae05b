package commands

// option is a value that an option and a key of the settings file may both give.
type option struct {
	Name  string // "--env"
	Value string // as it was given; "" when it was not
	Key   string // "environment"
	Set   string // what the settings file says; "" when it says nothing
}

// over returns the value that holds of one that an option and the settings file may both give: that of the option, in the
// manner of paconn that of the file as soon as there is one. It notes what it passes over.
func (e *Env) over(s Settings, o option) string {
	if e.prefers(s, o) {
		return o.Value
	}
	return o.Set
}

// file is over for a path; what it returns is absolute, "" when there is none.
func (e *Env) file(s Settings, o option) string {
	if given := e.path(o.Value); given == o.Set {
		return given
	}
	if e.prefers(s, o) {
		return e.path(o.Value)
	}
	return o.Set
}

// prefers reports whether what the option says holds.
func (e *Env) prefers(s Settings, o option) bool {
	switch {
	case o.Value == "" || o.Value == o.Set:
		return false
	case e.Manner == Paconn && s.Path != "":
		e.note("%s %s is ignored: with --settings, what %s says holds", o.Name, plain(o.Value), plain(s.Name))
		return false
	case o.Set != "":
		e.note("%s %s goes over the %s of %s, %s", o.Name, plain(o.Value), o.Key, plain(s.Name), plain(o.Set))
	}
	return true
}
