package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"paconn-ls/internal/connector"
	"paconn-ls/powerapps"
)

// environment returns the id of the environment that is given, or that of the settings file, or the default, or asks for one. In the
// manner of paconn the settings file wins; otherwise the display name of an environment does as well, when there is only
// one of it.
func (s *session) environment(ctx context.Context, given string) (string, error) {
	name, by := s.said(option{"--env", given, "environment", s.settings.Environment})
	if name != "" {
		return s.resolve(ctx, name, by)
	}
	if s.env.Default != "" {
		return s.resolve(ctx, s.env.Default, "the setting of the editor")
	}
	if s.env.Ask == nil {
		return "", &NeedError{What: "environment", Option: "--env", Hint: s.hint("environment", "⟨paconn-ls list environments shows them⟩")}
	}
	s.noteSettings("environment")
	list, err := s.Environments(ctx)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", fmt.Errorf("%s sees no environment in the cloud %s", s.account.User, s.cloud.Name)
	}
	options := make([]label, len(list))
	for i, e := range list {
		options[i] = label{e.Name, e.Title}
	}
	return s.choose(ctx, "environment", options)
}

// said returns the value that holds, and where it stands.
func (s *session) said(o option) (value, by string) {
	if s.env.prefers(s.settings, o) {
		return o.Value, o.Name
	}
	if s.settings.Path == "" {
		return o.Set, o.Name
	}
	return o.Set, plain(s.settings.Name) + ", " + o.Key
}

// environmentID is how the service names environments: a GUID, alone or after a word such as Default.
var environmentID = regexp.MustCompile(`^(?i)([a-z0-9]+-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// resolve returns the id of an environment that is named by its id or its display name. Where the list of environments is
// refused the name is taken for an id. by is where the name stands.
func (s *session) resolve(ctx context.Context, name, by string) (string, error) {
	if environmentID.MatchString(name) || s.env.Manner == Paconn {
		return name, sound(by, name)
	}
	list, err := s.Environments(ctx)
	var refused *powerapps.Error
	if errors.As(err, &refused) && slices.Contains([]int{401, 403, 404}, refused.Status) {
		return name, sound(by, name)
	}
	if err != nil {
		return "", err
	}
	var found []string
	var all []label
	for _, e := range list {
		if strings.EqualFold(e.Name, name) {
			return e.Name, nil
		}
		if e.Title == name {
			found = append(found, e.Name)
		}
		all = append(all, label{e.Name, e.Title})
	}
	switch len(found) {
	case 1:
		s.env.note("the environment %s is %s", plain(name), plain(found[0]))
		return found[0], nil
	case 0:
		return "", &ArgumentError{by, fmt.Sprintf("there is no environment %s, only %s", plain(name), strings.Join(distinct(all), ", "))}
	}
	return "", &ArgumentError{by, fmt.Sprintf("there are several environments %s: give one of %s", plain(name), strings.Join(found, ", "))}
}

// connector returns the id of the connector that is given, or that of the settings file, or asks for one.
func (s *session) connector(ctx context.Context, environment, given string) (string, error) {
	id, by := s.said(option{"--cid", given, "connectorId", s.settings.ConnectorID})
	if id != "" {
		return id, sound(by, id)
	}
	if s.env.Ask == nil {
		return "", &NeedError{What: "connectorId", Option: "--cid", Hint: s.hint("connectorId", "⟨paconn-ls list connectors shows them⟩")}
	}
	s.noteSettings("connectorId")
	list, err := s.Connectors(ctx, environment)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", fmt.Errorf("the environment %s holds no custom connector that %s sees", plain(environment), s.account.User)
	}
	options := make([]label, len(list))
	for i, c := range list {
		text := c.Title
		if c.Author != "" {
			text += " - " + c.Author
		}
		options[i] = label{c.ID, text}
	}
	id, err = s.choose(ctx, "connector", options)
	if err != nil {
		return "", err
	}
	return id, sound("the connector", id)
}

// hint tells how to find out what was not given, and why it is not that of a settings.json.
func (s *session) hint(key, list string) string {
	switch {
	case s.settings.Path != "":
		return list + "; " + s.lacks(key)
	case s.unused():
		return list + "⟨; --settings " + connector.SettingsName + " uses the one in this folder⟩"
	}
	return list
}

// lacks says that the settings file has no such key, which may stand there in other letters.
func (s *session) lacks(key string) string {
	text := plain(s.settings.Name) + " has no " + key
	for member := range s.settings.File.Root().Children() {
		if name := member.Key(); name != key && strings.EqualFold(name, key) {
			text += " (" + plain(name) + " is another key)"
		}
	}
	return text
}

// unused reports whether a settings.json is in the working folder that nobody named.
func (s *session) unused() bool {
	if s.settings.Path != "" {
		return false
	}
	_, err := os.Stat(s.env.path(connector.SettingsName))
	return err == nil
}

// noteSettings tells a person who is about to be asked why it is not what a settings.json says. paconn says nothing of it.
func (s *session) noteSettings(key string) {
	switch {
	case s.env.Manner == Paconn:
	case s.settings.Path != "":
		s.env.note("%s", s.lacks(key))
	case s.unused() && !s.told:
		s.told = true
		s.env.note("the %s of this folder is not used⟨: --settings %s uses it⟩", connector.SettingsName, connector.SettingsName)
	}
}

// label is an option of a choice.
type label struct{ id, text string }

// givenBy are the options that give beforehand what is chosen.
var givenBy = map[string]string{"environment": "--env", "connector": "--cid"}

// choose asks for one of the options and returns its id.
func (s *session) choose(ctx context.Context, what string, options []label) (string, error) {
	c := Choice{What: what, Option: givenBy[what], Options: distinct(options)}
	for _, o := range options {
		c.IDs = append(c.IDs, o.id)
	}
	i, err := s.env.Ask.Choose(ctx, c)
	if err != nil {
		return "", err
	}
	return options[i].id, nil
}

// distinct returns texts that tell the options apart: the id stands behind those that are not the only ones of their
// name, and for those that have none.
func distinct(options []label) []string {
	count := map[string]int{}
	for _, o := range options {
		count[plain(o.text)]++
	}
	texts := make([]string, len(options))
	for i, o := range options {
		texts[i] = plain(o.text)
		switch {
		case strings.TrimSpace(o.text) == "":
			texts[i] = plain(o.id)
		case count[texts[i]] > 1:
			texts[i] += " (" + plain(o.id) + ")"
		}
	}
	return texts
}

// sound refuses an id that would lead to another path or query of the service, or out of a folder that is named after it.
func sound(argument, id string) error {
	if id == "." || strings.Contains(id, "..") || strings.ContainsFunc(id, unsound) {
		return &ArgumentError{argument, fmt.Sprintf("%s is no id: ids hold letters, digits, dashes and underscores", plain(id))}
	}
	return nil
}

func unsound(r rune) bool {
	return strings.ContainsRune(`/\?#%&'":*<>|`, r) || unicode.IsSpace(r) || !unicode.IsGraphic(r)
}
