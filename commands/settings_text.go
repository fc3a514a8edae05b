package commands

import (
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// settingsOver returns the text of a settings file after a connector came into its folder: that of a new file where old is
// nil, else old with what paconn writes put into it. All else in it stays: other keys, the order, the layout. What is in
// old has to be an object without errors.
func settingsOver(s Settings, old *connector.File) (string, error) {
	fresh := newSettings(s)
	if old == nil {
		return fresh, nil
	}
	text := old.Content.String()
	put := func(edits []source.Edit) (err error) {
		text, err = source.Apply(text, edits)
		return err
	}
	for member := range jsondoc.Parse(fresh).Root().Children() {
		if err := put(setMember(jsondoc.Parse(text).Root(), member)); err != nil {
			return "", err
		}
	}
	if s.Written.Script == "" {
		if err := put(jsondoc.Parse(text).Root().Get("script").Remove()); err != nil {
			return "", err
		}
	}
	return text, nil
}

// setMember returns what gives an object the value of a member of another one.
func setMember(root, member jsondoc.Value) []source.Edit {
	has := root.Get(member.Key())
	switch {
	case !has.Exists():
		return root.Insert(member.Key(), member.Raw())
	case has.Kind() == member.Kind() && has.Text() == member.Text():
		return nil
	}
	return has.Replace(member.Raw())
}
