package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pageSize is how many connectors come at once. The service's is unknown, and larger.
const pageSize = 10

// listConnectors answers with a page of those that come with the service and then those of an environment.
func (s *Sandbox) listConnectors(w http.ResponseWriter, c call, environment string) error {
	list := s.shelf.list(environment)
	from, err := strconv.Atoi(c.URL.Query().Get("$skiptoken"))
	if err != nil && c.URL.Query().Has("$skiptoken") || from < 0 || from > len(list) {
		return refuse(http.StatusBadRequest, "InvalidSkipToken", "The $skiptoken of the request is invalid.")
	}
	to := min(from+pageSize, len(list))
	var items []string
	for _, x := range list[from:to] {
		items = append(items, x.summary(s.blobs.link).String())
	}
	answer := object{}.with("value", "["+strings.Join(items, ",")+"]")
	if to < len(list) {
		answer = answer.withValue("nextLink", s.url+c.URL.EscapedPath()+"?"+nextQuery(c.URL.Query(), to))
	}
	writeRaw(w, http.StatusOK, []byte(answer.String()))
	return nil
}

func nextQuery(q url.Values, from int) string {
	q.Set("$skiptoken", strconv.Itoa(from))
	return q.Encode()
}

// find returns the connector that a call is about.
func (s *Sandbox) find(c call, environment string) (*api, error) {
	found := s.shelf.get(c.path[1])
	if found == nil || found.custom() && found.environment != environment {
		return nil, refuse(http.StatusNotFound, "ApiResourceNotFound", "Could not find API '%s'.", c.path[1])
	}
	return found, nil
}

func (s *Sandbox) getConnector(w http.ResponseWriter, c call, environment string) error {
	found, err := s.find(c, environment)
	if err != nil {
		return err
	}
	s.tell(w, http.StatusOK, found)
	return nil
}

func (s *Sandbox) tell(w http.ResponseWriter, status int, x *api) {
	writeRaw(w, status, []byte(x.answer(s.blobs.link).String()))
}

func (s *Sandbox) createConnector(w http.ResponseWriter, c call, environment string) error {
	sent, err := readRegistration(c, environment)
	if err != nil {
		return err
	}
	title := sent.properties.text("displayName")
	switch {
	case title == "":
		return invalidContent("Required property 'displayName' not found in JSON. Path 'properties'.")
	case sent.definition == "":
		return invalidContent("Required property 'openApiDefinition' not found in JSON. Path 'properties'.")
	}
	now := time.Now()
	made := &api{id: newID(title, environment), environment: environment, author: authorOf(c.who), created: now, icon: defaultIcon()}
	if made, err = s.apply(c, made, sent); err != nil {
		return err
	}
	if err := s.keep(made); err != nil {
		return err
	}
	s.tell(w, http.StatusCreated, made)
	return nil
}

func (s *Sandbox) patchConnector(w http.ResponseWriter, c call, environment string) error {
	s.shelf.writing.Lock()
	defer s.shelf.writing.Unlock()
	found, err := s.find(c, environment)
	if err != nil {
		return err
	}
	if !found.custom() {
		return refuse(http.StatusForbidden, "Forbidden", "The API '%s' is not a custom one.", found.id)
	}
	sent, err := readRegistration(c, environment)
	if err != nil {
		return err
	}
	made, err := s.apply(c, found, sent)
	if err != nil {
		return err
	}
	if err := s.keep(made); err != nil {
		return err
	}
	s.tell(w, http.StatusOK, made)
	return nil
}

// apply returns a connector as it is once a registration is carried out on it. Members that are left out stay as they
// are, which nobody has seen of the service but for icon and script.
func (s *Sandbox) apply(c call, old *api, sent registration) (*api, error) {
	made := *old
	made.changed = time.Now()
	made.beside = sent.beside
	made.properties = sent.properties.concat(old.properties)
	if sent.definition != "" {
		if err := sound(c, sent.definition); err != nil {
			return nil, err
		}
		made.definition = []byte(sent.definition)
	}
	if sent.icon != "" {
		content, err := s.fetch(c.Context(), sent.icon)
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "InvalidIconUri", "The icon cannot be fetched from its URI: %s.", err)
		}
		made.icon = content
	}
	if err := s.applyScript(c, &made, sent); err != nil {
		return nil, err
	}
	return &made, nil
}

func (s *Sandbox) applyScript(c call, made *api, sent registration) error {
	switch {
	case sent.script != "":
		content, err := s.fetch(c.Context(), sent.script)
		if err != nil {
			return refuse(http.StatusBadRequest, "InvalidScriptDefinitionUrl", "The script cannot be fetched from its URL: %s.", err)
		}
		made.script = content
	case sent.dropScript:
		made.script = nil
	}
	if made.script == nil && made.properties.value("scriptOperations").Len() > 0 {
		return refuse(http.StatusBadRequest, "InvalidScriptDefinitionUrlWithNonNullOperations",
			"The script definition URL must not be null or empty when script operations are specified.")
	}
	return nil
}

// keep puts a connector on the shelf and its files where they can be read.
func (s *Sandbox) keep(x *api) error {
	if err := s.shelf.put(x); err != nil {
		return err
	}
	s.publish(x)
	return nil
}

func (s *Sandbox) publish(x *api) {
	for _, f := range []struct {
		name, contentType string
		content           []byte
	}{
		{definitionName, "application/json", x.definition}, {iconName, "image/png", x.icon}, {scriptName, "application/octet-stream", x.script},
	} {
		if f.content == nil {
			s.blobs.remove(publishedPath(x.id, f.name))
			continue
		}
		s.blobs.put(publishedPath(x.id, f.name), blob{contentType: f.contentType, content: slices.Clip(f.content)})
	}
}
