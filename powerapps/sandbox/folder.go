package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A folder with state has a marker, the rendezvous of the sandbox that uses it, and a folder for each connector, named
// after its id, with the files that a connector's author has and one with what the service knows besides. While a
// connector is replaced there are a folder with the new one and then one with the old one.
const (
	markerName  = "paconn-ls-sandbox.json"
	runningName = "running.json"
	recordName  = "connector.json"
	newPrefix   = ".new-"
	oldPrefix   = ".old-"
)

const markerText = `{
  "what": "connectors of paconn-ls sandbox",
  "version": 1
}
`

// folder keeps connectors on disk. The zero folder keeps none.
type folder struct{ dir string }

// claim makes a folder ready to keep state. One with other things in it is refused.
func (f folder) claim() error {
	if f.dir == "" {
		return nil
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	marker := filepath.Join(f.dir, markerName)
	text, err := os.ReadFile(marker)
	if err == nil && string(text) != markerText {
		return fmt.Errorf("%s is of another version of paconn-ls: take another folder for the sandbox", marker)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s has other things than the sandbox's in it, %s for one: take an empty folder, or one that is not there yet", f.dir, entries[0].Name())
	}
	return writeFile(marker, []byte(markerText), 0o600)
}

// load reads the connectors, after it has mended what a killed sandbox left half done.
func (f folder) load() ([]*api, error) {
	if f.dir == "" {
		return nil, nil
	}
	if err := f.mend(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	var out []*api
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		c, err := readAPI(filepath.Join(f.dir, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// mend puts an old connector back whose new one did not come to its place, and removes what is left over.
func (f folder) mend() error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(f.dir, e.Name())
		if id, ok := strings.CutPrefix(e.Name(), oldPrefix); ok {
			_, missing := os.Stat(filepath.Join(f.dir, id))
			if errors.Is(missing, fs.ErrNotExist) {
				err = errors.Join(err, os.Rename(path, filepath.Join(f.dir, id)))
				continue
			}
			err = errors.Join(err, os.RemoveAll(path))
		}
		if strings.HasPrefix(e.Name(), newPrefix) {
			err = errors.Join(err, os.RemoveAll(path))
		}
	}
	return err
}

// put keeps a connector, in the place of what was kept under its id.
func (f folder) put(c *api) error {
	if f.dir == "" || !c.custom() {
		return nil
	}
	place, next, old := filepath.Join(f.dir, c.id), filepath.Join(f.dir, newPrefix+c.id), filepath.Join(f.dir, oldPrefix+c.id)
	if err := errors.Join(os.RemoveAll(next), os.RemoveAll(old)); err != nil {
		return err
	}
	if err := writeAPI(next, c); err != nil {
		return errors.Join(err, os.RemoveAll(next))
	}
	if err := os.Rename(place, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, os.RemoveAll(next))
	}
	if err := os.Rename(next, place); err != nil {
		_ = os.Rename(old, place)
		return err
	}
	return os.RemoveAll(old)
}

// apiRecord is what the service knows of a connector besides its files.
type apiRecord struct {
	Name        string          `json:"name"`
	Environment string          `json:"environment"`
	CreatedBy   *author         `json:"createdBy,omitempty"`
	Created     time.Time       `json:"createdTime"`
	Changed     time.Time       `json:"changedTime"`
	Beside      json.RawMessage `json:"beside,omitempty"`
}

func writeAPI(dir string, c *api) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	record := apiRecord{c.id, c.environment, c.author, c.created, c.changed, json.RawMessage(c.beside.String())}
	for name, content := range map[string][]byte{
		recordName: indented(marshal(record)), propertiesName: indented([]byte(object{}.with("properties", c.properties.String()).String())),
		definitionName: c.definition, iconName: c.icon, scriptName: c.script,
	} {
		if content == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func indented(text []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return text
	}
	return append(b.Bytes(), '\n')
}

func readAPI(dir string) (*api, error) {
	var record apiRecord
	path := filepath.Join(dir, recordName)
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &record)
	}
	if err == nil && (record.Name != filepath.Base(dir) || record.Environment == "") {
		err = errors.New("it is not of a connector of this name")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	c := &api{id: record.Name, environment: record.Environment, author: record.CreatedBy, created: record.Created, changed: record.Changed}
	c.beside, _ = parseObject(string(record.Beside))
	if c.properties, err = readProperties(filepath.Join(dir, propertiesName)); err != nil {
		return nil, err
	}
	for name, content := range map[string]*[]byte{definitionName: &c.definition, iconName: &c.icon, scriptName: &c.script} {
		if *content, err = os.ReadFile(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return c, nil
}

func readProperties(path string) (object, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, ok := parseObject(string(text))
	if ok {
		file, ok = parseObject(raw(file.value("properties")))
	}
	if !ok {
		return nil, fmt.Errorf("%s: it has no properties that could be read", path)
	}
	for i, m := range file {
		file[i].raw = redacted(parse(m.raw))
	}
	return file, nil
}
