package connector

import (
	"path/filepath"
	"slices"
)

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

// Claims returns the paths of the definition and the properties that the settings.json of dir puts into other folders,
// be there files or not. They make no connectors there.
func Claims(dir string, names []string, files Files) []string {
	return slices.DeleteFunc(redirected(dir, names, files), func(path string) bool { return filepath.Dir(path) == dir })
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
