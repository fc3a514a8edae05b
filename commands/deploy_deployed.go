package commands

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/powerapps"
)

// deployed is a connector as the service has it. The zero deployed is one that is not there.
type deployed struct {
	connector  powerapps.Connector
	doc        *jsondoc.Doc    // of the service's answer
	definition *connector.File // as it was uploaded; nil when it is not known
}

func (x deployed) exists() bool { return x.doc != nil }

func (x deployed) properties() jsondoc.Value { return x.doc.Root().Get("properties") }

func (x deployed) hasScript() bool { return x.properties().Get("scriptDefinitionUrl").Text() != "" }

// read reads the connector as the service has it, without its definition.
func (d *deployment) read(ctx context.Context) (deployed, error) {
	c, err := d.Connector(ctx, d.environment, d.id)
	if err != nil {
		return deployed{}, err
	}
	return deployed{connector: c, doc: jsondoc.Parse(string(c.Raw))}, nil
}

// withDefinition adds the definition.
func (d *deployment) withDefinition(ctx context.Context, x deployed) (deployed, error) {
	url := x.properties().Get("apiDefinitions").Get("originalSwaggerUrl").Text()
	if url == "" {
		return x, errors.New("the service does not say where it is")
	}
	content, err := d.Fetch(ctx, url, "download the definition")
	if err != nil {
		return x, err
	}
	if _, err := definitionText(content); err != nil {
		return x, notOne("definition", err)
	}
	x.definition = connector.NewFile(connector.DefinitionName, connector.Definition, string(content))
	return x, nil
}

// patience is how long what is only told is waited for: what would change, what there is of the same title, what was read
// back.
const patience = 30 * time.Second

// notThere reports whether the service says that there is no such connector.
func notThere(err error) bool {
	var e *powerapps.Error
	return errors.As(err, &e) && e.Status == http.StatusNotFound
}

// redirectURLs returns the addresses that users are sent back to after they signed in, which the identity provider has to
// know: as the properties of a connector say them, else as they are made. Connectors with an address of their own have it behind that of
// all, by their id without its first word, as seen from connectors of the service.
func (d *deployment) redirectURLs(properties jsondoc.Value) []string {
	var out []string
	seen := map[string]bool{}
	for p := range oauthParameters(properties.Draft()) {
		url := p.settings.Get("redirectUrl").Text()
		if url == "" {
			url = d.redirectURL(p.settings.Get("redirectMode").Text())
		}
		if url != "" && !seen[url] {
			seen[url], out = true, append(out, url)
		}
	}
	return out
}

// consentPages are where the clouds send users back to. Learn names the one of the public cloud; that of the United
// States' government is seen in public instructions. Of the others nothing is known.
var consentPages = map[string]string{
	"public":  "https://global.consent.azure-apim.net/redirect",
	"gcc":     "https://global.consent.azure-apim.us/redirect",
	"gcchigh": "https://global.consent.azure-apim.us/redirect",
	"dod":     "https://global.consent.azure-apim.us/redirect",
	"sandbox": "https://global.consent.azure-apim.net/redirect", // as the public cloud, which it plays
}

func (d *deployment) redirectURL(mode string) string {
	page := consentPages[strings.ToLower(d.cloud.Name)]
	switch {
	case page == "":
		return ""
	case strings.EqualFold(mode, "GlobalPerConnector"):
		return page + "/" + strings.TrimPrefix(d.id, "shared_")
	case mode == "" || strings.EqualFold(mode, "Global"):
		return page
	}
	return ""
}
