package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"
	"time"
)

// api is a connector: one that somebody has made, or one that comes with the service. It never changes.
type api struct {
	id          string
	environment string // "" of those that come with the service, which are in every one
	author      *author
	created     time.Time
	changed     time.Time
	beside      object // what was sent beside the properties
	properties  object // as they were sent, without the definition and without secrets; iconUri and scriptDefinitionUrl are ""
	definition  []byte // as it was sent; nil when there is none
	icon        []byte
	script      []byte // nil when there is none
}

// author is who has made a connector. Service principals have no name.
type author struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName,omitempty"`
	Type        string `json:"type"`
	TenantID    string `json:"tenantId"`
}

func authorOf(who principal) *author {
	kind := "User"
	if who.Name == "" {
		kind = "ServicePrincipal"
	}
	return &author{who.ObjectID, who.Name, kind, who.Tenant}
}

func (c *api) custom() bool { return c.environment != "" }

// The names of the files of a connector, in the storage and in a folder.
const (
	definitionName = "apiDefinition.swagger.json"
	propertiesName = "apiProperties.json"
	iconName       = "icon.png"
	scriptName     = "script.csx"
)

const apiType = "Microsoft.PowerApps/apis"

// answer returns the connector as the service tells of it: what was sent, in that order, then what the service adds.
// link makes a URL of a file of the connector.
func (c *api) answer(link func(id, name string) string) object {
	properties := c.properties.withValue("iconUri", link(c.id, iconName))
	if c.script != nil {
		properties = properties.withValue("scriptDefinitionUrl", link(c.id, scriptName))
	}
	if c.definition != nil {
		properties = properties.withValue("apiDefinitions", map[string]string{
			"originalSwaggerUrl": link(c.id, definitionName), "modifiedSwaggerUrl": link(c.id, definitionName),
		})
	}
	return c.frame(c.added(properties))
}

// summary returns the connector as it stands in a list.
func (c *api) summary(link func(id, name string) string) object {
	var properties object
	for _, m := range c.properties {
		switch m.name {
		case "displayName", "description", "iconBrandColor", "capabilities", "publisher", "environment":
			properties = append(properties, m)
		}
	}
	return c.frame(c.added(properties.withValue("iconUri", link(c.id, iconName))))
}

func (c *api) frame(properties object) object {
	return object{}.withValue("name", c.id).withValue("id", "/providers/"+apiType+"/"+c.id).withValue("type", apiType).
		with("properties", properties.String()).concat(c.beside)
}

// concat returns the object with the members of another that it has not.
func (o object) concat(other object) object {
	for _, m := range other {
		if !o.has(m.name) {
			o = o.with(m.name, m.raw)
		}
	}
	return o
}

func (c *api) added(properties object) object {
	properties = properties.withValue("isCustomApi", c.custom()).withValue("apiEnvironment", "Shared").
		withValue("tier", "NotSpecified").
		withValue("createdTime", stamp(c.created)).withValue("changedTime", stamp(c.changed))
	if c.author != nil {
		properties = properties.withValue("createdBy", c.author)
	}
	return properties
}

// stamp writes a time as the service does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }

// maxIDTitle bounds how many characters of a connector's id come from its title.
const maxIDTitle = 64

// newID makes an id of a title as the service does: shared_my-20name-5f<16 digits>-5f<16 digits>. Of what the digits
// are made nobody has told; here the first stand for the environment.
func newID(title, environment string) string {
	var b strings.Builder
	for _, c := range []byte(strings.ToLower(title)) {
		next := fmt.Sprintf("-%02x", c)
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			next = string(c)
		}
		if b.Len()+len(next) > maxIDTitle {
			break
		}
		b.WriteString(next)
	}
	home := sha256.Sum256([]byte(environment))
	return "shared_" + b.String() + "-5f" + hex.EncodeToString(home[:8]) + "-5f" + randomHex(8)
}

// defaultIcon is what a connector gets that is made without one. It is drawn once, and never written to.
var defaultIcon = sync.OnceValue(func() []byte {
	const size = 160
	square := image.NewPaletted(image.Rect(0, 0, size, size), color.Palette{
		color.RGBA{0x00, 0x7e, 0xe5, 0xff}, color.RGBA{0xff, 0xff, 0xff, 0xff},
	})
	draw.Draw(square, image.Rect(size/4, size/4, size*3/4, size*3/4), image.NewUniform(square.Palette[1]), image.Point{}, draw.Src)
	var b bytes.Buffer
	_ = png.Encode(&b, square) // into memory
	return b.Bytes()
})
