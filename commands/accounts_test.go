package commands_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// approving is a person who approves every code in the sandbox.
type approving struct {
	*testing.T
	cloud powerapps.Cloud
}

func (a approving) DeviceCode(_ context.Context, code powerapps.DevicePrompt) error {
	browser := http.Client{Transport: powerapps.NewTransport(a.cloud.Roots)}
	resp, err := browser.PostForm(code.URL, url.Values{"code": {code.Code}, "decision": {"approve"}})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (a approving) Open(context.Context, string) error {
	a.Error("a browser is opened")
	return nil
}

// TestMachine goes through a sign-in, a request and a sign-out with the Env of this machine.
func TestMachine(t *testing.T) {
	s, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	vars := map[string]string{"PACONN_CONFIG_DIR": t.TempDir(), "PACONN_TOKEN_CACHE": "file"}
	env := commands.NewEnv(t.TempDir(), func(name string) string { return vars[name] })
	env.Clouds = func() (powerapps.Clouds, error) { return powerapps.Clouds{s.Cloud()}, nil }
	env.Show = approving{t, s.Cloud()}

	if _, err := commands.List(t.Context(), env, commands.ListArgs{What: "environments", Where: commands.Where{Cloud: "sandbox"}}); err == nil {
		t.Error("environments are listed for nobody")
	}
	login, err := commands.Login(t.Context(), env, commands.LoginArgs{Cloud: "sandbox"})
	if err != nil || login.Account.User != "ada@sandbox.example" || login.Already {
		t.Fatalf("login: %+v, %v", login, err)
	}
	again, err := commands.Login(t.Context(), env, commands.LoginArgs{Cloud: "sandbox"})
	if err != nil || !again.Already {
		t.Errorf("login again: %+v, %v", again, err)
	}
	list, err := commands.List(t.Context(), env, commands.ListArgs{What: "environments"})
	if err != nil || len(list.Environments) == 0 {
		t.Errorf("environments: %+v, %v", list, err)
	}
	out, err := commands.Logout(t.Context(), env, commands.LogoutArgs{})
	if err != nil || len(out.Removed) != 1 {
		t.Errorf("logout: %+v, %v", out, err)
	}
	status, err := commands.Status(t.Context(), env, commands.StatusArgs{})
	if err != nil || len(status.Accounts) != 0 {
		t.Errorf("status: %+v, %v", status, err)
	}

	vars["PACONN_RETRIES"] = "many"
	if _, err := commands.Status(t.Context(), commands.NewEnv(t.TempDir(), func(name string) string { return vars[name] }), commands.StatusArgs{}); err == nil {
		t.Error("any number of retries is taken")
	}
}
