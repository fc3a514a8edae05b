package commands_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// world is an Env whose service, sign-ins, user and environment variables are fakes that tell what was asked of them.
type world struct {
	*commands.Env
	Accounts  *fakeAccounts
	Service   *fakeService
	Variables map[string]string
	Notes     []string
	Cloud     powerapps.Cloud // that was connected to
	Source    fakeSource      // with which
	t         *testing.T
}

// newWorld returns a world in an empty folder where ada is signed in to the public cloud and nobody can be asked.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, Accounts: &fakeAccounts{Accounts: []powerapps.Account{ada}}, Service: &fakeService{}, Variables: map[string]string{}}
	w.Env = &commands.Env{
		Dir: t.TempDir(), Getenv: func(name string) string { return w.Variables[name] }, Accounts: w.Accounts,
		Show:   noShow{},
		Note:   func(text string) { w.Notes = append(w.Notes, text) },
		Clouds: func() (powerapps.Clouds, error) { return powerapps.BuiltinClouds(), nil },
		Connect: func(cloud powerapps.Cloud, source powerapps.TokenSource) (commands.Service, error) {
			w.Cloud, w.Source = cloud, source.(fakeSource)
			return w.Service, nil
		},
	}
	return w
}

// write puts a file into the world's folder and returns its path.
func (w *world) write(name, content string) string {
	w.t.Helper()
	path := filepath.Join(w.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// read returns a file of the world's folder; "" when there is none.
func (w *world) read(name string) string {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	return string(content)
}

// ada is a user who is signed in to the public cloud.
var ada = powerapps.Account{
	Cloud: "public", Tenant: "", TenantID: "11111111-1111-1111-1111-111111111111", User: "ada@contoso.com",
	Client: "04b07795-8ddb-461a-bbee-02f9e1bf7b46", ObjectID: "0b1ec700-0000-0000-0000-000000000001",
	Means: powerapps.DeviceCode, Authority: "https://login.microsoftonline.com", Resource: "https://service.powerapps.com/", Renewable: true,
}

// noShow shows a sign-in to nobody.
type noShow struct{}

func (noShow) DeviceCode(context.Context, powerapps.DevicePrompt) error { return nil }
func (noShow) Open(context.Context, string) error                       { return nil }

// fakeSource gives the tokens of an account.
type fakeSource struct {
	Account powerapps.Account
	Cloud   powerapps.Cloud
	Err     error
}

func (s fakeSource) Token(context.Context, string) (powerapps.Token, error) {
	return powerapps.Token{Value: "token-of-" + s.Account.User, Expires: time.Now().Add(time.Hour), ObjectID: s.Account.ObjectID}, s.Err
}

// fakeAccounts keeps sign-ins in memory.
type fakeAccounts struct {
	Accounts  []powerapps.Account
	Principal *powerapps.Account // that environment variables describe
	Half      error              // what is wrong with those that do
	SignIns   []powerapps.SignIn // that were made
	ListErr   error
	TokenErr  error
	PreferErr error
}

func (f *fakeAccounts) SignIn(_ context.Context, in powerapps.SignIn, _ powerapps.Interaction) (powerapps.Account, error) {
	f.SignIns = append(f.SignIns, in)
	account := powerapps.Account{
		Cloud: in.Cloud.Name, Tenant: in.Tenant, User: "new@contoso.com", Means: in.Means, Client: in.Cloud.Client,
		Authority: in.Cloud.Authority, Resource: in.Cloud.Resource,
	}
	f.Accounts = append([]powerapps.Account{account}, f.Accounts...)
	return account, nil
}

func (f *fakeAccounts) List(context.Context) ([]powerapps.Account, error) {
	return f.Accounts, f.ListErr
}

func (f *fakeAccounts) Prefer(_ context.Context, account powerapps.Account) error {
	i := slices.Index(f.Accounts, account)
	f.Accounts = append([]powerapps.Account{account}, slices.Delete(slices.Clone(f.Accounts), i, i+1)...)
	return f.PreferErr
}

func (f *fakeAccounts) SignOut(_ context.Context, which func(powerapps.Account) bool) ([]powerapps.Account, error) {
	var removed []powerapps.Account
	f.Accounts = slices.DeleteFunc(f.Accounts, func(a powerapps.Account) bool {
		if which(a) {
			removed = append(removed, a)
			return true
		}
		return false
	})
	return removed, nil
}

func (f *fakeAccounts) Source(account powerapps.Account, cloud powerapps.Cloud) (powerapps.TokenSource, error) {
	return fakeSource{account, cloud, f.TokenErr}, nil
}

func (f *fakeAccounts) FromEnvironment(cloud powerapps.Cloud) (powerapps.TokenSource, powerapps.Account, bool, error) {
	if f.Principal == nil || f.Half != nil {
		return nil, powerapps.Account{}, false, f.Half
	}
	account := *f.Principal
	account.Cloud = cloud.Name
	return fakeSource{Account: account, Cloud: cloud}, account, true, nil
}

func (f *fakeAccounts) Storage() string { return "in memory" }

// fakeService answers what it is told to and records what it is asked. A call whose name is in Errs fails with that.
type fakeService struct {
	EnvironmentList []powerapps.Environment
	ConnectorList   []powerapps.Connector
	Deployed        map[string]powerapps.Connector // by id, for Connector
	Verdict         powerapps.Verdict
	Files           map[string][]byte // by URL, for Fetch
	NewID           string            // that Create gives
	Errs            map[string]error  // by method: "Create"
	On              map[string]func() // by method: what happens when it is called

	mu    sync.Mutex
	Calls []call
}

// call is a request of a service: the method, and what it was given as text.
type call struct {
	Method string
	Args   []string
}

func (c call) String() string { return strings.Join(append([]string{c.Method}, c.Args...), " ") }

func (f *fakeService) called(method string, args ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.Calls = append(f.Calls, call{method, args})
	if on := f.On[method]; on != nil {
		on()
	}
	return f.Errs[method]
}

// made returns the methods that were called, in order.
func (f *fakeService) made() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var names []string
	for _, c := range f.Calls {
		names = append(names, c.Method)
	}
	return names
}

func (f *fakeService) Environments(context.Context) ([]powerapps.Environment, error) {
	return f.EnvironmentList, f.called("Environments")
}

func (f *fakeService) Connectors(_ context.Context, environment string) ([]powerapps.Connector, error) {
	return f.ConnectorList, f.called("Connectors", environment)
}

func (f *fakeService) Connector(_ context.Context, environment, id string) (powerapps.Connector, error) {
	if err := f.called("Connector", environment, id); err != nil {
		return powerapps.Connector{}, err
	}
	c, ok := f.Deployed[id]
	if !ok {
		return c, &powerapps.Error{Doing: "read the connector", Status: 404, Code: "ApiResourceNotFound"}
	}
	return c, nil
}

func (f *fakeService) Validate(_ context.Context, definition []byte, rules powerapps.Certification) (powerapps.Verdict, error) {
	return f.Verdict, f.called("Validate", string(definition), fmt.Sprint(rules == powerapps.WithCertification))
}

func (f *fakeService) Storage(_ context.Context, environment string) (powerapps.Storage, error) {
	return powerapps.Storage{URL: "https://storage.example/box?sig=secret-signature"}, f.called("Storage", environment)
}

func (f *fakeService) Upload(_ context.Context, to powerapps.Storage, name string, content []byte) (string, error) {
	return "https://storage.example/box/" + name + "?sig=secret-signature", f.called("Upload", name, string(content))
}

func (f *fakeService) Create(_ context.Context, environment string, registration []byte) (string, error) {
	return f.NewID, f.called("Create", environment, string(registration))
}

func (f *fakeService) Update(_ context.Context, environment, id string, registration []byte) error {
	return f.called("Update", environment, id, string(registration))
}

func (f *fakeService) Fetch(_ context.Context, url, doing string) ([]byte, error) {
	if err := f.called("Fetch", url, doing); err != nil {
		return nil, err
	}
	content, ok := f.Files[url]
	if !ok {
		return nil, &powerapps.Error{Doing: doing, Status: 404}
	}
	return content, nil
}

// fakeAsker answers questions from a list: an int chooses, a bool confirms, a string is a secret, an error is returned. It
// fails the test when it is asked something that the next answer does not fit.
type fakeAsker struct {
	t       *testing.T
	Answers []any
	Asked   []string // questions; a choice as "environment: A | B"
}

func newAsker(t *testing.T, answers ...any) *fakeAsker { return &fakeAsker{t: t, Answers: answers} }

// asked has somebody there who gives the answers; nobody when they are nil. What was asked is told by the asker.
func (w *world) asked(answers []any) *fakeAsker {
	asker := newAsker(w.t, answers...)
	if answers != nil {
		w.Ask = asker
	}
	return asker
}

func answer[T any](f *fakeAsker, ctx context.Context, question string) (T, error) {
	f.t.Helper()
	f.Asked = append(f.Asked, question)
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if len(f.Answers) == 0 {
		f.t.Fatalf("asked without need: %s", question)
	}
	next := f.Answers[0]
	f.Answers = f.Answers[1:]
	if err, ok := next.(error); ok {
		return none, err
	}
	given, ok := next.(T)
	if !ok {
		f.t.Fatalf("asked %q, but the answer is %v", question, next)
	}
	return given, nil
}

func (f *fakeAsker) Choose(ctx context.Context, c commands.Choice) (int, error) {
	return answer[int](f, ctx, c.What+": "+strings.Join(c.Options, " | "))
}

func (f *fakeAsker) Confirm(ctx context.Context, question string) (bool, error) {
	return answer[bool](f, ctx, question)
}

func (f *fakeAsker) Secret(ctx context.Context, question string) (string, error) {
	return answer[string](f, ctx, question)
}
