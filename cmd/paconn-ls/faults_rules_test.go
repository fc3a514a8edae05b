package main

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"paconn-ls/powerapps/sandbox"
)

// faultKind is a way for a request to go wrong.
type faultKind struct {
	name   string
	fault  sandbox.Fault
	says   string // of what happened
	signIn string // the same, of a request of the sign-in; "" where it is no other
	again  bool   // another try may fare better
	unsure bool   // it leaves open what was done
	only   []role // nil is all
}

var faultKinds = []faultKind{
	{name: "401", fault: sandbox.Fault{Status: 401}, says: "401"},
	{name: "403", fault: sandbox.Fault{Status: 403}, says: "403"},
	{name: "404", fault: sandbox.Fault{Status: 404}, says: "404"},
	{name: "409", fault: sandbox.Fault{Status: 409}, says: "409"},
	{name: "429 with seconds", fault: sandbox.Fault{Status: 429, RetryAfter: "SECONDS"}, says: "429", again: true, unsure: true},
	{name: "429 with a date", fault: sandbox.Fault{Status: 429, RetryAfter: "DATE"}, says: "429", again: true, unsure: true},
	{name: "500", fault: sandbox.Fault{Status: 500}, says: "500", again: true, unsure: true},
	{name: "503", fault: sandbox.Fault{Status: 503}, says: "503", again: true, unsure: true},
	{name: "reset", fault: sandbox.Fault{Kind: sandbox.Reset}, says: "the connection was cut", again: true, unsure: true},
	{name: "reset after the work", fault: sandbox.Fault{Kind: sandbox.Reset, After: true}, says: "the connection was cut", again: true, unsure: true},
	{name: "slow", fault: sandbox.Fault{Kind: sandbox.Slow}, says: "no answer within ", again: true, unsure: true},
	{name: "slow after the work", fault: sandbox.Fault{Kind: sandbox.Slow, After: true}, says: "no answer within ", again: true, unsure: true, only: []role{puts, changes, makes}},
	{name: "truncated", fault: sandbox.Fault{Kind: sandbox.Truncated}, says: "the answer broke off", signIn: "the connection was c", again: true, unsure: true},
	{name: "HTML", fault: sandbox.Fault{Kind: sandbox.HTML, Status: 200}, says: "an HTML page", signIn: "not one of a sign-in service", unsure: true},
	{name: "HTML of a gateway", fault: sandbox.Fault{Kind: sandbox.HTML}, says: "502", again: true, unsure: true},
	{name: "empty", fault: sandbox.Fault{Kind: sandbox.Empty}, says: "empty", signIn: "not one of a sign-in service", unsure: true},
	{name: "half JSON", fault: sandbox.Fault{Kind: sandbox.BadJSON}, says: "cut short or damaged", signIn: "not one of a sign-in service", unsure: true},
	{name: "other JSON", fault: sandbox.Fault{Kind: sandbox.WrongJSON}, says: "the answer", signIn: "not one of a sign-in service", unsure: true},
	{name: "redirect", fault: sandbox.Fault{Kind: sandbox.Redirect}, says: "redirects to https://localhost:", signIn: "307"},
}

// played returns the fault as it is played to the requests of a step: from the nth on, once or always. A service that is
// asked too often is waited for when that does not take long, and left alone when it does.
func (k faultKind) played(s step, times int) sandbox.Fault {
	f := k.fault
	f.Method, f.Path, f.Skip, f.Times = s.method, s.path, s.nth, times
	wait := time.Second
	if times < 0 {
		wait = time.Hour
	}
	switch f.RetryAfter {
	case "SECONDS":
		f.RetryAfter = "1"
		if times < 0 {
			f.RetryAfter = "3600"
		}
	case "DATE":
		f.RetryAfter = time.Now().Add(wait).UTC().Format(http.TimeFormat)
	}
	return f
}

func (k faultKind) slow() bool { return k.fault.Kind == sandbox.Slow }

// faultRow is a run of a verb one request of which goes wrong.
type faultRow struct {
	verb  faultVerb
	well  wellRun // the same when nothing goes wrong
	step  step
	kind  faultKind
	times int // how often it goes wrong: 1, or -1 for always
}

func (r faultRow) name() string {
	often := "once"
	if r.times < 0 {
		often = "always"
	}
	return strings.Join([]string{r.verb.name, r.step.title(), r.kind.name, often}, "/")
}

// waits reports whether the program does little but wait.
func (r faultRow) waits() bool { return r.kind.slow() || r.kind.fault.RetryAfter != "" || r.polls() }

// polls reports whether the sign-in service is asked again and again, for as long as a code is good.
func (r faultRow) polls() bool {
	return r.verb.name == "login" && r.step.name == "token" && r.times < 0
}

// repeats reports whether a request is sent again that nothing was done about, so far as anybody knows. Who asks to be left
// alone for an hour is; and one limit of time is enough to wait for an answer that never comes.
func (r faultRow) repeats() bool {
	lasting := r.times < 0 && (r.kind.slow() || r.kind.fault.RetryAfter != "")
	return r.kind.again && r.step.role != makes && !lasting
}

// doing is what the error says that could not be done.
func (r faultRow) doing() string {
	switch {
	case r.step.role != signsIn:
		return r.step.doing
	case r.verb.life == renewing && r.verb.args[0] == "login":
		return "renew the sign-in of ada@sandbox.example to the sandbox cloud"
	case r.verb.args[0] == "login":
		return "sign in to the sandbox cloud"
	}
	return r.well.steps[slices.IndexFunc(r.well.steps, func(s step) bool { return s.role != signsIn })].doing
}

// fate is what becomes of a row.
type fate struct {
	code  int
	sends int    // of the step
	says  string // on standard error
	noted bool   // it is told and goes on
	loose bool   // what follows is another way
}

// expected derives the fate of a row from what kind of fault it is and what the request is to the service.
func (r faultRow) expected() fate {
	k, s := r.kind, r.step
	f := fate{code: codeFailed, sends: 1, says: k.says}
	if s.role == signsIn && k.signIn != "" {
		f.says = k.signIn
	}
	brings := s.role == asks || s.role == changes || s.role == makes
	if r.repeats() || k.name == "401" && brings {
		f.sends = 2
		if r.times > 0 {
			f.code = codeFine
		}
	}
	if r.optional() && f.code != codeFine {
		f.code, f.noted = codeFine, true
	}
	for _, x := range exceptions {
		if x.fits(r) {
			x.then(&f)
		}
	}
	return f
}

// optional reports whether a request is sent only to tell something: the verb does its work without it.
func (r faultRow) optional() bool {
	return optional(r.verb, r.well.steps, r.step.index)
}

func optional(v faultVerb, steps []step, i int) bool {
	done := slices.ContainsFunc(steps[:i], func(s step) bool { return s.role == makes || s.role == changes })
	switch verb := v.args[0]; {
	case done: // the connector is made or changed, and whoever took this for a failure would do it again
		return true
	case verb == "create": // the list shows connectors of the same title
		return steps[i].name == "connectors"
	case verb == "update": // the files that are replaced are fetched to tell what changes
		return steps[i].role == fetches
	}
	return false
}

// unsure reports whether a row leaves open what has become of a connector.
func (r faultRow) unsure() bool {
	return r.kind.unsure && (r.step.role == makes || r.step.role == changes)
}

// exception is a fate that the rules do not tell, with the reason.
type exception struct {
	verb, step, kind string // names, or the beginnings of names that end with *; "" is any
	role             role   // 0 is any
	times            int    // 0 is any
	why              string
	then             func(f *fate)
}

var exceptions = []exception{
	{
		step: "environments", kind: "401", times: -1, why: "the environments are asked for at another place where the first refuses",
		then: func(f *fate) { f.code, f.loose = codeFine, true },
	},
	{step: "environments", kind: "403", why: "the same", then: func(f *fate) { f.code, f.loose = codeFine, true }},
	{step: "environments", kind: "404", why: "the same", then: func(f *fate) { f.code, f.loose = codeFine, true }},
	{
		step: "environments of Power Apps", why: "that place is a guess of ours, and what the first said is what the user has heard of",
		then: func(f *fate) { f.says = "403" },
	},
	{
		step: "validation", kind: "empty", why: "an empty answer is how the service says that there is nothing to say",
		then: func(f *fate) { f.code = codeFine },
	},
	{
		step: "validation", kind: "other JSON", why: "nobody knows all that the service may say; it is shown, and the definition was taken",
		then: func(f *fate) { f.code, f.noted, f.says = codeFine, true, "he service says" },
	},
	{step: "change", kind: "empty", why: "nobody has seen what the service answers to a change", then: func(f *fate) { f.code = codeFine }},
	{step: "change", kind: "other JSON", why: "the same", then: func(f *fate) { f.code = codeFine }},
	{
		verb: "create", step: "connector", kind: "404", times: 1, why: "a connector that was just made may not be visible yet",
		then: func(f *fate) { f.sends, f.noted = 2, false },
	},
	{verb: "update", step: "connector again", kind: "404", times: 1, why: "the same", then: func(f *fate) { f.sends, f.noted = 2, false }},
	{verb: "update", step: "connector again", kind: "404", times: -1, why: "the same", then: func(f *fate) { f.loose = true }},
	{
		step: "upload*", kind: "empty", why: "a storage that has a file answers 201 and nothing else",
		then: func(f *fate) { f.says = "the storage does not say that it has the file" },
	},
	{step: "upload*", kind: "half JSON", why: "the same", then: func(f *fate) { f.says = "the storage does not say that it has the file" }},
	{step: "upload*", kind: "other JSON", why: "the same", then: func(f *fate) { f.says = "the storage does not say that it has the file" }},
	{
		role: fetches, kind: "redirect", times: 1, why: "who asks without a token goes wherever the service leads",
		then: func(f *fate) { f.code, f.noted, f.sends = codeFine, false, 2 },
	},
	{
		role: fetches, kind: "redirect", times: -1, why: "but not for ever",
		then: func(f *fate) { f.says, f.sends = "redirects again and again", 6 },
	},
	{role: fetches, kind: "empty", why: "what a file should hold tells whether it is one", then: func(f *fate) { f.says = "what the service gives is not one: it is" }},
	{role: fetches, kind: "half JSON", why: "the same", then: func(f *fate) { f.says = "what the service gives is not one: it is" }},
	{role: fetches, kind: "other JSON", why: "the same", then: func(f *fate) { f.says = "what the service gives is not one: it is" }},
	{
		verb: "login", step: "token", kind: "reset after the work", times: 1, why: "a code is good once, and the answer that was lost had the tokens",
		then: func(f *fate) { f.code, f.says = codeFailed, "AADSTS70018" },
	},
	{verb: "login", step: "token", kind: "truncated", times: 1, why: "the same", then: func(f *fate) { f.code, f.says = codeFailed, "AADSTS70018" }},
	{
		verb: "login", step: "token", times: -1, why: "the service is asked as long as the code is good, since a person is about to enter it",
		then: func(f *fate) { f.loose = true },
	},
}

func (x exception) fits(r faultRow) bool {
	return begins(x.verb, r.verb.name) && begins(x.step, r.step.title()) && (x.role == 0 || x.role == r.step.role) && begins(x.kind, r.kind.name) && (x.times == 0 || x.times == r.times)
}

func begins(pattern, text string) bool {
	start, any := strings.CutSuffix(pattern, "*")
	return pattern == "" || pattern == text || any && strings.HasPrefix(text, start)
}
