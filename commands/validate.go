package commands

import (
	"context"

	"paconn-ls/internal/report"
)

// ValidateArgs says what to validate.
type ValidateArgs struct {
	Definition    string `json:"apiDefinition,omitempty" opt:"api-def,d" help:"the apiDefinition.swagger.json"`
	Certification bool   `json:"certification,omitempty" opt:"certification" help:"also apply the rules of the certification"`
	Where
}

// ValidateResult is what the service says.
type ValidateResult struct {
	Definition string           `json:"apiDefinition"` // absolute
	Given      string           `json:"-"`             // as it was given
	Refused    bool             `json:"refused"`
	Problems   []report.Problem `json:"-"`
	Findings   []Finding        `json:"findings"`
	Text       string           `json:"text,omitempty"` // of the service, as it came
	RequestID  string           `json:"requestId,omitempty"`
}

// Finding is something that the service says of a definition.
type Finding struct {
	Severity string       `json:"severity"` // error or warning
	Code     string       `json:"code,omitempty"`
	Message  string       `json:"message"`
	Pointer  string       `json:"pointer,omitempty"` // "" when it could not be told what it is about
	Range    report.Range `json:"-"`
}

// Validate has the service validate a definition.
func Validate(ctx context.Context, env *Env, args ValidateArgs) (ValidateResult, error) {
	return ValidateResult{}, errNotBuilt
}
