package sandbox

import (
	"io"
	"net/http"
)

// generateStorage answers with a place that files can be put to: a URL with a shared access signature.
func (s *Sandbox) generateStorage(w http.ResponseWriter, c call) error {
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return err
	}
	sent, ok := parseObject(string(body))
	name, named := parseObject(raw(sent.value("environment")))
	if !ok || !named {
		return invalidContent("Required property 'environment' not found in JSON. Path ''.")
	}
	if err := enter(name.text("name")); err != nil {
		return err
	}
	place := s.options.Blobs
	if place == "" {
		place = s.blobs.newContainer()
	}
	s.secrets.keep(signatureOf(place))
	writeJSON(w, http.StatusOK, map[string]string{"sharedAccessSignature": place})
	return nil
}
