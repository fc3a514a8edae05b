package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
)

// Verb is an operation that the command line and the language server both offer.
type Verb struct {
	Name  string                                                                // "download"
	Short string                                                                // one line of help
	Args  reflect.Type                                                          // a struct; the tags of its fields name the options
	Run   func(ctx context.Context, env *Env, args any) (result any, err error) // args is of type Args, result a struct for JSON
}

// Verbs lists the operations on the service.
var Verbs = []Verb{
	verb("login", "Sign in", Login),
	verb("logout", "Sign out and forget all tokens", Logout),
	verb("status", "Show who is signed in, where, and until when", Status),
	verb("list", "List environments, the custom connectors of one, or clouds", List),
	verb("download", "Download a connector into a folder", Download),
	verb("create", "Create a connector from files", Create),
	verb("update", "Update a connector from files", Update),
	verb("validate", "Have the service validate a definition", Validate),
}

// verb makes an entry of a typed function.
func verb[A, R any](name, short string, do func(context.Context, *Env, A) (R, error)) Verb {
	return Verb{
		Name: name, Short: short, Args: reflect.TypeFor[A](),
		Run: func(ctx context.Context, env *Env, args any) (any, error) { return do(ctx, env, args.(A)) },
	}
}

// Decode reads arguments from JSON, whose members are named as the fields' json tags say. Unknown members are refused.
func (v Verb) Decode(raw json.RawMessage) (any, error) {
	args := reflect.New(v.Args)
	if len(raw) > 0 {
		if err := strictly(raw, args.Interface()); err != nil {
			return nil, fmt.Errorf("the arguments of %s: %w", v.Name, err)
		}
	}
	return args.Elem().Interface(), nil
}
