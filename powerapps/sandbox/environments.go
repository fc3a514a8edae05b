package sandbox

import (
	"net/http"
	"regexp"
	"slices"

	"paconn-ls/powerapps"
)

// Environments are those that there are, two of them with the same name.
var Environments = []powerapps.Environment{
	{Name: "Default-" + homeTenant, Title: "Contoso (default)", Region: "europe", Default: true},
	{Name: "33333333-dddd-4eee-8fff-444444444444", Title: "Development", Region: "europe"},
	{Name: "55555555-aaaa-4bbb-8ccc-666666666666", Title: "Development", Region: "unitedstates"},
}

// Forbidden is an environment that is there, but that nobody may enter.
const Forbidden = "77777777-dddd-4eee-8fff-888888888888"

// listEnvironments answers as the Flow service and the Power Apps service do.
func listEnvironments(w http.ResponseWriter, provider string) error {
	type properties struct {
		DisplayName string `json:"displayName"`
		IsDefault   bool   `json:"isDefault"`
	}
	type environment struct {
		Name       string     `json:"name"`
		Location   string     `json:"location"`
		Type       string     `json:"type"`
		ID         string     `json:"id"`
		Properties properties `json:"properties"`
	}
	list := []environment{}
	for _, e := range Environments {
		list = append(list, environment{
			e.Name, e.Region, provider + "/environments", "/providers/" + provider + "/environments/" + e.Name, properties{e.Title, e.Default},
		})
	}
	writeJSON(w, http.StatusOK, map[string]any{"value": list})
	return nil
}

var environmentFilter = regexp.MustCompile(`^\s*environment\s+eq\s+'([^']*)'\s*$`)

// environmentOf returns the environment that a call is about.
func environmentOf(c call) (string, error) {
	found := environmentFilter.FindStringSubmatch(c.URL.Query().Get("$filter"))
	if found == nil {
		return "", refuse(http.StatusBadRequest, "InvalidFilter", "The $filter of the request must be \"environment eq 'NAME'\".")
	}
	return found[1], enter(found[1])
}

// enter refuses environments that are not there, or not for the caller.
func enter(environment string) error {
	if environment == Forbidden {
		return refuse(http.StatusForbidden, "EnvironmentAccess", "The caller has no access to the environment '%s'.", environment)
	}
	if !slices.ContainsFunc(Environments, func(e powerapps.Environment) bool { return e.Name == environment }) {
		return refuse(http.StatusNotFound, "EnvironmentNotFound", "Could not find the environment '%s'.", environment)
	}
	return nil
}
