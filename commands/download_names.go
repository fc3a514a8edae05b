package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"paconn-ls/internal/connector"
)

// localPath returns the path below a folder that a name in a settings file leads to, with the separators of the system.
// It refuses what would lead out of the folder on any system that the file may be used on: such a file comes with a
// repository, and a download writes wherever it says.
func localPath(name string) (string, error) {
	slashed := strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(slashed, "/") || len(slashed) > 1 && slashed[1] == ':' {
		return "", errors.New("an absolute path, which may lead out of the folder; give one that is relative to it")
	}
	var elements []string
	for element := range strings.SplitSeq(slashed, "/") {
		switch element {
		case ".":
			continue
		case "..":
			return "", errors.New("it leads out of the folder")
		}
		if err := fileName(element); err != nil {
			return "", err
		}
		elements = append(elements, element)
	}
	if len(elements) == 0 {
		return "", errors.New("a folder, and no file")
	}
	return filepath.Join(elements...), nil
}

// fileName refuses what is no name of a file on every system, and names of hidden files: of those that are there others
// make use, such as git of .git/config, which can name programs to run. Source: Learn, "Naming Files, Paths, and Namespaces".
func fileName(name string) error {
	switch {
	case name == "":
		return errors.New("a name is empty")
	case name == "." || name == "..":
		return fmt.Errorf("%q is no name of a file", name)
	case isHidden(name):
		return fmt.Errorf("%s is hidden, and a download writes no hidden files", plain(name))
	case len(name) > 200:
		return errors.New("a name is longer than 200 bytes")
	case strings.ContainsAny(name, `<>:"/\|?*`) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return fmt.Errorf("%s holds a character that file names may not have", plain(name))
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return fmt.Errorf("%q ends in a full stop or a blank, which Windows takes away", name)
	case isDevice(name):
		return fmt.Errorf("%s is the name of a device on Windows", plain(name))
	}
	return nil
}

func isHidden(name string) bool {
	return name != "." && strings.HasPrefix(name, ".") || shortGit.MatchString(name)
}

// shortGit is how Windows may spell .git in eight characters.
var shortGit = regexp.MustCompile(`(?i)^git~[0-9]+$`)

// isDevice reports whether Windows takes a name for a device, with whatever extension.
func isDevice(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(base, "COM")
	if !ok {
		port, ok = strings.CutPrefix(base, "LPT")
	}
	return ok && len([]rune(port)) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}

// resolve returns where a path below a folder leads when links are followed, relative to the folder, which is itself free
// of links. It refuses a link that leads out of the folder, nowhere, or to what is hidden.
func resolve(folder, path string) (string, error) {
	if path == "." {
		return path, nil
	}
	full := filepath.Join(folder, path)
	real, err := filepath.EvalSymlinks(full)
	if err == nil {
		inside, err := filepath.Rel(folder, real)
		if err != nil || !filepath.IsLocal(inside) {
			return "", errors.New("a link leads out of the folder")
		}
		if slices.ContainsFunc(strings.Split(filepath.ToSlash(inside), "/"), isHidden) {
			return "", fmt.Errorf("a link leads to %s, and a download writes no hidden files", plain(inside))
		}
		return inside, nil
	}
	if _, there := os.Lstat(full); there == nil {
		return "", errors.New("a link leads nowhere, or to somewhere that cannot be read")
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	parent, err := resolve(folder, filepath.Dir(path))
	if err != nil {
		return "", err
	}
	return filepath.Join(parent, filepath.Base(path)), nil
}

// downloadNames returns the names of the parts as they are to stand in the settings file: those that the settings file
// says, else the usual ones.
func downloadNames(s Parts) Parts {
	for _, x := range []struct {
		name  *string
		usual string
	}{{&s.Properties, connector.PropertiesName}, {&s.Definition, connector.DefinitionName}, {&s.Icon, connector.IconName}, {&s.Script, connector.ScriptName}} {
		if *x.name == "" {
			*x.name = x.usual
		}
	}
	return s
}
