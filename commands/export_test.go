package commands

import "context"

// PickConnector chooses environment and connector as download and update do.
func PickConnector(ctx context.Context, env *Env, where Where, environment, connector string) (e, id string, err error) {
	s, err := env.open(ctx, where)
	if err != nil {
		return "", "", err
	}
	if e, err = s.environment(ctx, environment); err != nil {
		return "", "", err
	}
	id, err = s.connector(ctx, e, connector)
	return e, id, err
}

// Setting is a key of a settings.json and its text.
type Setting = setting

// ReadSettings reads a settings.json as every operation does.
func ReadSettings(env *Env, name string) (Settings, error) { return env.settings(name) }

// NewSettings returns the text of a new settings.json.
func NewSettings(s Settings) string { return newSettings(s) }

// SetSettings sets keys of a settings.json as create does.
func SetSettings(env *Env, name string, set ...Setting) error { return env.setSettings(name, set...) }

// IconOf returns the path of the icon that an option and the settings file say.
func IconOf(env *Env, s Settings, given string) string {
	return env.file(s, option{"--icon", given, "icon", s.Icon})
}
