package commands

import (
	"fmt"
	"strconv"
	"time"

	"paconn-ls/powerapps"
)

// NewEnv returns the Env of this machine, for a process that has one only.
func NewEnv(dir string, getenv func(string) string) *Env { return NewMachine(getenv).Env(dir) }

// Machine is what the Envs of a process share: what the process knows of sign-ins without a look at the disk or the keyring.
type Machine struct {
	getenv func(string) string
	memory *powerapps.Memory
}

// NewMachine returns this machine. Nothing is read or made before it is used.
func NewMachine(getenv func(string) string) *Machine {
	return &Machine{getenv, powerapps.NewMemory(nil)}
}

// Env returns the Env of this machine, with everything but Ask, Show, Note and Step, which say nothing and ask nobody.
// Nothing is read or made before it is used; what is wrong with an environment variable is an error of what needs it.
func (m *Machine) Env(dir string) *Env {
	getenv := m.getenv
	e := &Env{Dir: dir, Getenv: getenv}
	e.Clouds = func() (powerapps.Clouds, error) {
		config, err := powerapps.ConfigDir(getenv)
		if err != nil {
			return nil, err
		}
		return powerapps.LoadClouds(config)
	}
	e.Accounts = newAccounts(e, getenv, m.memory)
	e.Connect = func(cloud powerapps.Cloud, source powerapps.TokenSource) (Service, error) {
		options, err := clientOptions(getenv)
		if err != nil {
			return nil, err
		}
		options.Version, options.Log = e.Version, e.Log
		return powerapps.NewClient(cloud, source, options)
	}
	return e
}

// The most that PACONN_RETRIES, PACONN_RETRY_DELAY and PACONN_TIMEOUT may ask for.
const (
	maxRetries    = 10
	maxRetryDelay = time.Minute
	maxTimeout    = time.Hour
)

// clientOptions reads the habits of the client from environment variables.
func clientOptions(getenv func(string) string) (o powerapps.ClientOptions, err error) {
	if text := getenv("PACONN_RETRIES"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > maxRetries {
			return o, &ArgumentError{"PACONN_RETRIES", fmt.Sprintf("%q is no number of retries: give 0 to %d", text, maxRetries)}
		}
		o.Retries = &n
	}
	if o.RetryDelay, err = duration(getenv, "PACONN_RETRY_DELAY", maxRetryDelay); err != nil {
		return o, err
	}
	o.TryTimeout, err = duration(getenv, "PACONN_TIMEOUT", maxTimeout)
	return o, err
}

// duration reads a time from an environment variable, 0 when it is not set.
func duration(getenv func(string) string, name string, most time.Duration) (time.Duration, error) {
	text := getenv(name)
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > most {
		return 0, &ArgumentError{name, fmt.Sprintf("%q is no time to wait: give 1ms to %s, such as 500ms or 2s", text, most)}
	}
	return d, nil
}

// ConfigDir returns the folder of this user's sign-ins and clouds, in which a running sandbox is found too.
func ConfigDir(getenv func(string) string) (string, error) { return powerapps.ConfigDir(getenv) }
