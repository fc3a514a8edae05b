package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Kind is a way for a request to go wrong.
type Kind string

// The ways.
const (
	Status    Kind = "status"     // an error of the service, with the fault's Status
	Reset     Kind = "reset"      // the connection is cut, before the body is read or, with After, after the work was done
	Slow      Kind = "slow"       // the work waits for Delay; with After, the answer does
	Truncated Kind = "truncated"  // half of the answer's body, then the connection is cut
	HTML      Kind = "html"       // a page instead of JSON, as proxies and gateways send one
	Empty     Kind = "empty"      // no body
	Huge      Kind = "huge"       // a body of HugeSize bytes
	BadJSON   Kind = "bad-json"   // a body that is no JSON, though it says so
	WrongJSON Kind = "wrong-json" // JSON of another shape than anybody expects
	Redirect  Kind = "redirect"   // to another host
	Echo      Kind = "echo"       // an error that repeats the request, with all that is secret in it, as some gateways do
)

// HugeSize is how many bytes a huge body has.
const HugeSize = 64 << 20

// statusOfKind is what a fault answers with unless it says a status.
var statusOfKind = map[Kind]int{
	Status: http.StatusServiceUnavailable, Reset: 0, Slow: 0, Truncated: http.StatusOK, HTML: http.StatusBadGateway, Empty: http.StatusOK,
	Huge: http.StatusOK, BadJSON: http.StatusOK, WrongJSON: http.StatusOK, Redirect: http.StatusTemporaryRedirect,
	Echo: http.StatusBadRequest,
}

// Fault is something to go wrong with the next requests that match it. Its zero Method and Path match every request.
type Fault struct {
	Method     string        `json:"method,omitempty"`
	Path       string        `json:"path,omitempty"`       // as it is sent, escaped; * stands for any text, slashes too
	Kind       Kind          `json:"kind,omitempty"`       // "" is Status
	Status     int           `json:"status,omitempty"`     // of the answer; 0 is what is usual for the kind
	Code       string        `json:"code,omitempty"`       // of the error of kind Status; "" is what is usual for the status
	RetryAfter string        `json:"retryAfter,omitempty"` // the header: seconds, or a date
	Delay      time.Duration `json:"delay,omitempty"`      // of kind Slow, in nanoseconds; 0 waits until Recover, or until the client or the sandbox ends
	To         string        `json:"to,omitempty"`         // where Redirect leads to; "" is the sandbox by the name localhost
	After      bool          `json:"after,omitempty"`      // the work is done before it goes wrong, not left undone
	Skip       int           `json:"skip,omitempty"`       // so many matching requests are spared first
	Times      int           `json:"times,omitempty"`      // how often; 0 is once, below 0 always

	over <-chan struct{} // of a fault that a request got: closed by Recover
}

// Fail makes the next requests that match a fault go wrong. Of several faults the one that came first is taken. A fault
// that is not Valid answers 500 with the code NoSuchFault.
func (s *Sandbox) Fail(f Fault) {
	if f.Valid() != nil {
		f.Kind, f.Status, f.Code = Status, http.StatusInternalServerError, "NoSuchFault"
	}
	if f.Kind == "" {
		f.Kind = Status
	}
	if f.Status == 0 {
		f.Status = statusOfKind[f.Kind]
	}
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults.add(f)
}

// Valid returns what is wrong with a fault.
func (f Fault) Valid() error {
	if _, ok := statusOfKind[f.Kind]; !ok && f.Kind != "" {
		return fmt.Errorf("there is no fault %q, only %s", f.Kind, strings.Join(kinds(), ", "))
	}
	if f.Kind == "" && f.Status == 0 {
		return fmt.Errorf("a fault needs a status such as 503, or a kind: %s", strings.Join(kinds(), ", "))
	}
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("a fault cannot answer with status %d, only with 200 to 599", f.Status)
	}
	return nil
}

// Recover takes back the faults that are left, and lets requests go on that one makes wait.
func (s *Sandbox) Recover() { s.faults.clear() }

func kinds() []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(statusOfKind)) {
		out = append(out, string(k))
	}
	return out
}

type faults struct {
	mu   sync.Mutex
	list []*Fault
	over chan struct{} // is closed when they are taken back; nil while nobody waits for that
}

func (f *faults) add(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, &fault)
}

func (f *faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = nil
	if f.over != nil {
		close(f.over)
		f.over = nil
	}
}

// next returns the fault that a request gets, if any, and uses it up.
func (f *faults) next(method, path string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.list {
		if fault.Method != "" && fault.Method != method || fault.Path != "" && !matches(fault.Path, path) {
			continue
		}
		if fault.Skip > 0 {
			fault.Skip--
			continue
		}
		if fault.Times > 0 {
			if fault.Times--; fault.Times == 0 {
				f.list = slices.Delete(f.list, i, i+1)
			}
		}
		if f.over == nil {
			f.over = make(chan struct{})
		}
		taken := *fault
		taken.over = f.over
		return taken, true
	}
	return Fault{}, false
}

// matches reports whether a text is as a pattern says, in which * stands for any text.
func matches(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == text
	}
	text, ok := strings.CutPrefix(text, parts[0])
	for _, part := range parts[1:last] {
		i := strings.Index(text, part)
		ok = ok && i >= 0
		if !ok {
			return false
		}
		text = text[i+len(part):]
	}
	return ok && strings.HasSuffix(text, parts[last])
}

// ParseFault reads a fault as people write it: [METHOD] [PATH] KIND [WORD…]. KIND is a status (503) or the name of a
// kind, PATH begins with / or *, and the words are after, status=N, code=C, retry-after=S, delay=D, to=URL, skip=N, times=N
// (always for any number).
func ParseFault(text string) (Fault, error) {
	var f Fault
	for _, word := range strings.Fields(text) {
		if err := f.set(word); err != nil {
			return Fault{}, fmt.Errorf("the fault %q: %w", text, err)
		}
	}
	if err := f.Valid(); err != nil {
		return Fault{}, fmt.Errorf("the fault %q: %w", text, err)
	}
	return f, nil
}

func (f *Fault) set(word string) (err error) {
	name, value, assigned := strings.Cut(word, "=")
	_, isKind := statusOfKind[Kind(word)]
	number, notNumber := strconv.Atoi(word)
	switch {
	case strings.HasPrefix(word, "/") || strings.HasPrefix(word, "*"):
		f.Path = word
	case notNumber == nil:
		f.Kind, f.Status = Status, number
	case isKind:
		f.Kind = Kind(word)
	case word == "after":
		f.After = true
	case assigned:
		return f.assign(name, value)
	case word == strings.ToUpper(word):
		f.Method = word
	default:
		return fmt.Errorf("%q is no kind, only %s are", word, strings.Join(kinds(), ", "))
	}
	return nil
}

func (f *Fault) assign(name, value string) (err error) {
	switch name {
	case "status":
		f.Status, err = strconv.Atoi(value)
	case "code":
		f.Code = value
	case "retry-after":
		f.RetryAfter = value
	case "delay":
		f.Delay, err = time.ParseDuration(value)
	case "to":
		f.To = value
	case "skip":
		f.Skip, err = strconv.Atoi(value)
	case "times":
		f.Times = -1
		if value != "always" {
			f.Times, err = strconv.Atoi(value)
		}
	default:
		err = fmt.Errorf("there is no %q, only status, code, retry-after, delay, to, skip, times", name)
	}
	return err
}
