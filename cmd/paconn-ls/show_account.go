package main

import (
	"time"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

func (c *console) showLogin(r commands.LoginResult) {
	c.say("Login successful.")
	a := r.Account
	how := "with " + string(a.Means)
	if r.Already {
		how = "already; --force signs in again"
	}
	c.say("%s is signed in to the cloud %s, directory %s (%s).", report.Printable(a.User), a.Cloud, report.Printable(directory(a)), how)
	if !a.Renewable {
		c.say("The sign-in ends at %s and cannot be renewed.", clock(a.Expires))
	}
	if r.Storage != "" {
		c.say("Tokens: %s.", report.Printable(r.Storage))
	}
}

// directory names the directory of an account as people know it.
func directory(a commands.Account) string {
	if a.Tenant != "" && a.Tenant != "common" && a.Tenant != "organizations" {
		return a.Tenant
	}
	return a.TenantID
}

func clock(t time.Time) string { return t.Local().Format("2006-01-02 15:04 MST") }

func (c *console) showLogout(r commands.LogoutResult) {
	c.say("Logout successful.")
	for _, a := range r.Removed {
		c.say("%s is signed out of the cloud %s, directory %s.", report.Printable(a.User), a.Cloud, report.Printable(directory(a)))
	}
	if len(r.Removed) == 0 {
		c.say("Nobody was signed in.")
	}
}

func (c *console) showStatus(r commands.StatusResult) error {
	if len(r.Accounts) == 0 {
		c.say("Nobody is signed in: '%s login' signs in.", c.program)
		return outcome(r)
	}
	t := table{{"USER", "CLOUD", "DIRECTORY", "MEANS", "UNTIL"}}
	for _, a := range r.Accounts {
		until := clock(a.Expires)
		switch {
		case a.Renewable:
			until = "renewed by itself"
		case a.Expires.IsZero():
			until = ""
		}
		t = append(t, []string{a.User, a.Cloud, directory(a), string(a.Means), until})
	}
	if err := c.result(t.draw(width(c.out), 0, c.paint(c.out))); err != nil {
		return err
	}
	if r.Variables {
		c.say("The first is described by environment variables, and signs in when it is needed.")
	}
	if r.Storage != "" {
		c.say("Tokens: %s.", report.Printable(r.Storage))
	}
	return nil
}
