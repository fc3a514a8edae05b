package commands

import (
	"context"
	"errors"
	"fmt"

	"paconn-ls/internal/report"
	"paconn-ls/powerapps"
)

// ErrorData is an error of an operation as data, for whoever shows it in another form than a line of text. It holds no
// secret.
type ErrorData struct {
	Kind      string `json:"kind"` // need, argument, check, refused, changed, signIn, service, cancelled or other
	Message   string `json:"message"`
	What      string `json:"what,omitempty"`   // a need: the member of the arguments that is missing
	Option    string `json:"option,omitempty"` // a need: the option that gives it
	URL       string `json:"url,omitempty"`    // of the request, without its query
	Status    int    `json:"status,omitempty"` // of the service's answer
	Code      string `json:"code,omitempty"`
	Said      string `json:"said,omitempty"` // what the answer says, without what the message puts around it
	RequestID string `json:"requestId,omitempty"`
	Way       string `json:"way,omitempty"`       // what to do about it
	Uncertain bool   `json:"uncertain,omitempty"` // the service may have done it all the same
}

// DataOf tells what kind of error an operation ended with, in the words of an audience.
func DataOf(err error, to Audience) ErrorData {
	out := dataOf(err)
	out.Message, out.Way = to.names(out.Message), to.Words(out.Way)
	var need *NeedError
	if to == Editor && errors.As(err, &need) { // and gives it by its member
		out.Message, out.Way, out.Option = "no "+need.What+" is given", to.Words(need.Hint), ""
	}
	return out
}

func dataOf(err error) ErrorData {
	out := ErrorData{Kind: "other", Message: err.Error()}
	var need *NeedError
	var argument *ArgumentError
	var variables *powerapps.VariablesError
	var check *CheckError
	var refused *RefusedError
	var changed *ChangedError
	var signIn *powerapps.SignInError
	var service *powerapps.Error
	switch {
	case errors.Is(err, context.Canceled):
		return cancelled(err)
	case errors.As(err, &need):
		out.Kind, out.What, out.Option = "need", need.What, need.Option
	case errors.As(err, &argument), errors.As(err, &variables):
		out.Kind = "argument"
	case errors.As(err, &check):
		out.Kind = "check"
	case errors.As(err, &changed):
		out.Kind = "changed"
	case errors.As(err, &refused):
		out.Kind, out.Code, out.RequestID = "refused", refused.Verdict.Code, refused.Verdict.RequestID
		out.Said = refused.Verdict.Text
	case errors.As(err, &signIn):
		out.Kind, out.Way = "signIn", signIn.Way
	case errors.As(err, &service):
		out.Kind, out.Status, out.Code, out.RequestID = "service", service.Status, service.Code, service.RequestID
		out.Said = service.Message
		out.URL, out.Way, out.Uncertain = service.URL, service.Way, service.Uncertain
	}
	return out
}

// OfTokens tells what is wrong with the file of tokens, when that is why an operation failed: its path and the problem.
func OfTokens(err error) (problem string, ok bool) {
	var store *powerapps.StoreError
	if !errors.As(err, &store) {
		return "", false
	}
	return store.Path + " " + store.Problem, true
}

// cancelled tells of an operation that the user ended: what had reached the service, and what is unknown of it.
func cancelled(err error) ErrorData {
	out := ErrorData{Kind: "cancelled", Message: "cancelled"}
	var interrupted *InterruptedError
	var service *powerapps.Error
	if errors.As(err, &service) && service.Uncertain {
		out.Message, out.Way, out.Uncertain = "cancelled: could not "+service.Doing, service.Way, true
	}
	if errors.As(err, &interrupted) {
		out.Message += "; " + interrupted.Reached
	}
	return out
}

// CheckError says that the local check found errors, so that nothing was sent.
type CheckError struct {
	Problems []report.Problem // every error, in the order of the files
}

func (e *CheckError) Error() string {
	if len(e.Problems) == 1 {
		return "the local check found an error; nothing was sent"
	}
	return fmt.Sprintf("the local check found %d errors; nothing was sent", len(e.Problems))
}
