package powerapps

import (
	"fmt"
	"os"
	"path/filepath"
)

// The config folder and what else than the tokens is in it.
const (
	configFolder = "paconn-ls"
	cloudsFile   = "clouds.json"
	sandboxFile  = "sandbox.json"
)

// ConfigDir returns the absolute path of the folder with tokens and clouds: PACONN_CONFIG_DIR, or paconn-ls in the
// system's folder for the user's settings. The folder need not exist.
func ConfigDir(getenv func(string) string) (string, error) {
	if dir := getenv("PACONN_CONFIG_DIR"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder to keep sign-ins in: %w; set PACONN_CONFIG_DIR to one", err)
	}
	return filepath.Join(dir, configFolder), nil
}
