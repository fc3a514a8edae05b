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
