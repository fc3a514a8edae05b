package powerapps

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// SandboxCloud is the name of the cloud that a running sandbox is.
const SandboxCloud = "sandbox"

// LoadClouds returns Microsoft's clouds, with what clouds.json in the config folder says otherwise or besides, and the
// sandbox when one is running. The file is {"clouds": {NAME: {MEMBER: TEXT}}}, where a member is one of Cloud's, or "like":
// the cloud of the table that the others are taken from; a cloud that is new and like no other has to name its addresses
// and its resource. The error names the file and the member.
func LoadClouds(dir string) (Clouds, error) {
	clouds := BuiltinClouds()
	path := filepath.Join(dir, cloudsFile)
	switch text, err := readOwn(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		if clouds, err = clouds.with(text); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if sandbox, ok := runningSandbox(dir); ok {
		clouds = append(clouds, sandbox)
	}
	return clouds, nil
}

// readOwn reads a file that decides where tokens and secrets are sent. One that others may write, or put there, is refused.
func readOwn(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if ofAnother(info) {
		return nil, fmt.Errorf("%s says where sign-ins are sent, and belongs to another user: remove it, or %s", path, otherFolder)
	}
	for _, place := range []string{path, filepath.Dir(path)} {
		info, err := os.Stat(place)
		if err != nil {
			return nil, err
		}
		if keepsRights && info.Mode().Perm()&0o022 != 0 {
			return nil, fmt.Errorf("%s says where sign-ins are sent, and other users may write %s: take their right away (chmod go-w)", path, place)
		}
	}
	return os.ReadFile(path)
}

// with returns the table with what a clouds.json says. Clouds of the table come first, so that "like" sees them changed.
func (c Clouds) with(text []byte) (Clouds, error) {
	entries, err := cloudEntries(text)
	if err != nil {
		return nil, err
	}
	c = slices.Clone(c)
	known := len(c)
	slices.SortStableFunc(entries, func(a, b member) int { return c[:known].rank(a.name) - c[:known].rank(b.name) })
	for _, entry := range entries {
		cloud, err := c.changed(entry)
		if err != nil {
			return nil, err
		}
		if i := c.index(cloud.Name); i >= 0 {
			c[i] = cloud
		} else {
			c = append(c, cloud)
		}
	}
	return c, nil
}

func (c Clouds) index(name string) int {
	return slices.IndexFunc(c, func(cloud Cloud) bool { return strings.EqualFold(cloud.Name, name) })
}

// rank is 0 for a name of the table, 1 for another.
func (c Clouds) rank(name string) int {
	if c.index(name) < 0 {
		return 1
	}
	return 0
}

// changed returns the cloud that an entry of clouds.json makes of the table.
func (c Clouds) changed(entry member) (Cloud, error) {
	at := "clouds." + entry.name
	if !cloudName(entry.name) {
		return Cloud{}, fmt.Errorf("%s: a cloud's name has letters, digits, dots and dashes only", at)
	}
	if strings.EqualFold(entry.name, SandboxCloud) {
		return Cloud{}, fmt.Errorf("%s: the sandbox says itself where it is", at)
	}
	values, err := texts(at, entry.value)
	if err != nil {
		return Cloud{}, err
	}
	cloud, err := c.start(at, entry.name, values)
	if err != nil {
		return Cloud{}, err
	}
	for _, m := range cloudMembers {
		if value, ok := values[m.name]; ok {
			if *m.of(&cloud), err = m.read(value); err != nil {
				return Cloud{}, fmt.Errorf("%s.%s: %w", at, m.name, err)
			}
		}
	}
	for _, m := range cloudMembers {
		if m.needed && *m.of(&cloud) == "" {
			return Cloud{}, fmt.Errorf("%s: %s is missing: give it, or a cloud that it is like", at, m.name)
		}
	}
	return cloud, nil
}

// start returns what an entry starts from: the cloud that it is like, the one of its name, or an empty one.
func (c Clouds) start(at, name string, values map[string]string) (Cloud, error) {
	cloud := Cloud{Name: name, Title: name, Client: azureCLI, PowerAppsVersion: apiVersion, FlowVersion: apiVersion}
	own := c.index(name)
	if own >= 0 {
		cloud = c[own]
	}
	like, ok := values["like"]
	if !ok {
		return cloud, nil
	}
	i := c.index(like)
	if i < 0 {
		return Cloud{}, fmt.Errorf("%s.like: there is no cloud %q before it%s", at, like, orNear(like, c.names()))
	}
	from := c[i]
	from.Name, from.Title = cloud.Name, cloud.Title
	return from, nil
}

func (c Clouds) names() []string {
	var names []string
	for _, cloud := range c {
		names = append(names, cloud.Name)
	}
	return names
}

func cloudName(name string) bool {
	return name != "" && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789.-_") == ""
}

// cloudMembers are those of a cloud in clouds.json.
var cloudMembers = []struct {
	name   string
	of     func(*Cloud) *string
	read   func(string) (string, error)
	needed bool
}{
	{"title", func(c *Cloud) *string { return &c.Title }, asText, true},
	{"authority", func(c *Cloud) *string { return &c.Authority }, asAddress, true},
	{"client", func(c *Cloud) *string { return &c.Client }, asText, true},
	{"powerApps", func(c *Cloud) *string { return &c.PowerApps }, asAddress, true},
	{"powerAppsVersion", func(c *Cloud) *string { return &c.PowerAppsVersion }, asText, true},
	{"resource", func(c *Cloud) *string { return &c.Resource }, asText, true},
	{"flow", func(c *Cloud) *string { return &c.Flow }, asAddress, true},
	{"flowVersion", func(c *Cloud) *string { return &c.FlowVersion }, asText, true},
	{"flowResource", func(c *Cloud) *string { return &c.FlowResource }, asIs, false},
}

func asIs(value string) (string, error) { return value, nil }

func asText(value string) (string, error) {
	if strings.TrimSpace(value) == "" {
		return "", errors.New("it is empty")
	}
	return value, nil
}

// asAddress reads an address as Cloud has them.
func asAddress(value string) (string, error) {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Hostname() == "":
		return "", fmt.Errorf("%q is no address: write https://HOST", value)
	case u.Scheme != "https":
		return "", fmt.Errorf("%q is no https address", value)
	case u.User != nil, strings.Trim(u.Path, "/") != "", u.RawQuery != "", u.Fragment != "":
		return "", fmt.Errorf("%q has more than scheme and host: write https://%s", WithoutQuery(value), u.Host)
	}
	return "https://" + strings.ToLower(u.Host), nil
}
