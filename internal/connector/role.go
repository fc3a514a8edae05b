package connector

import (
	"path/filepath"
	"strings"
)

// The names that the parts usually have.
const (
	DefinitionName = "apiDefinition.swagger.json"
	PropertiesName = "apiProperties.json"
	SettingsName   = "settings.json"
	ScriptName     = "script.csx"
	IconName       = "icon.png"
	ReadmeName     = "readme.md"
	ConfigName     = "paconn-ls.json"
)

// RoleOf tells the part that a file plays by its name alone, without regard to case, and how sure that is: 0 for the
// usual name, 1 for a misspelling of it, 2 for a name that can only be meant so beside other parts. Names such as
// apiDefination.swagger.json, CQC-Connector.swagger.json and Script.cs are found in published connectors.
func RoleOf(name string) (role Role, doubt int) {
	lower := strings.ToLower(filepath.Base(name))
	switch lower {
	case "apidefinition.swagger.json":
		return Definition, 0
	case "apiproperties.json":
		return Properties, 0
	case SettingsName:
		return Settings, 2
	case ConfigName:
		return Config, 0
	case ScriptName:
		return Script, 0
	case "script.cs":
		return Script, 1
	case IconName:
		return Icon, 0
	case ReadmeName:
		return Readme, 0
	}
	switch {
	case distanceAtMost(lower, "apidefinition.swagger.json", 3), distanceAtMost(lower, "apidefinition.json", 2):
		return Definition, 1
	case distanceAtMost(lower, "apiproperties.json", 2):
		return Properties, 1
	case strings.HasSuffix(lower, ".swagger.json"):
		return Definition, 2
	case strings.HasSuffix(lower, ".csx"):
		return Script, 2
	}
	return Other, 0
}

// distanceAtMost reports whether a turns into b by at most most insertions, removals and replacements of single bytes.
func distanceAtMost(a, b string, most int) bool {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return false
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(row[j]+1, row[j-1]+1, cost)
		}
	}
	return row[len(b)] <= most
}

// IsConnector reports whether a folder that holds files of these names is a connector's: it has a definition or
// properties by their usual names or a misspelling of them.
func IsConnector(names []string) bool {
	for _, name := range names {
		role, doubt := RoleOf(name)
		if (role == Definition || role == Properties) && doubt < 2 {
			return true
		}
	}
	return false
}
