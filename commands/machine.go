package commands

import "paconn-ls/powerapps"

// NewEnv returns the Env of this machine, with everything but Ask, Show, Note and Step, which say nothing and ask nobody.
func NewEnv(dir string, getenv func(string) string) *Env {
	return &Env{
		Dir: dir, Getenv: getenv,
		Clouds: func() (powerapps.Clouds, error) { return powerapps.BuiltinClouds(), nil },
	}
}
