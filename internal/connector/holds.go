package connector

import "path/filepath"

// Holds reports whether dir, which holds files of these names, is a connector's: by their names, or because its
// settings.json says where a definition or properties lie that are there.
func Holds(dir string, names []string, files Files) bool {
	if IsConnector(names) {
		return true
	}
	for _, path := range redirected(dir, names, files) {
		if files.Read(path, Other) != nil {
			return true
		}
	}
	return false
}

// Claims returns the folders whose definition or properties belong to the connector in dir, because its settings.json
// says so, and not to a connector of their own.
func Claims(dir string, names []string, files Files) []string {
	var out []string
	for _, path := range redirected(dir, names, files) {
		if d := filepath.Dir(path); d != dir {
			out = append(out, d)
		}
	}
	return out
}

// redirected returns where the settings.json among names puts the definition and the properties, there or not.
func redirected(dir string, names []string, files Files) []string {
	settings := pick(names)[Settings]
	if settings == "" {
		return nil
	}
	f := files.Read(filepath.Join(dir, settings), Settings)
	if f == nil {
		return nil
	}
	var out []string
	for _, key := range []string{"apiDefinition", "apiProperties"} {
		if value := f.Root().Get(key).Text(); value != "" {
			out = append(out, Redirect(dir, value))
		}
	}
	return out
}
