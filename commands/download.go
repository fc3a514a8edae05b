package commands

import "context"

// DownloadArgs says what to download and where to.
type DownloadArgs struct {
	Environment string `json:"environment,omitempty" opt:"env,e" help:"the environment of the connector"`
	Connector   string `json:"connectorId,omitempty" opt:"cid,c" help:"the id of the connector"`
	Dest        string `json:"dest,omitempty" opt:"dest,d" help:"the folder to write into (default: one named after the id)"`
	Overwrite   bool   `json:"overwrite,omitempty" opt:"overwrite,w" help:"overwrite files without asking"`
	Where
}

// DownloadResult tells what was downloaded.
type DownloadResult struct {
	Folder      string       `json:"folder"` // absolute
	ConnectorID string       `json:"connectorId"`
	Environment string       `json:"environment"`
	Files       []FileChange `json:"files"`
}

// FileChange tells what became of one file.
type FileChange struct {
	Name    string `json:"name"`              // relative to the folder
	Change  string `json:"change"`            // created, changed, unchanged, or stale: on disk, but not of this connector any more
	Added   int    `json:"added,omitempty"`   // lines
	Removed int    `json:"removed,omitempty"` // lines
}

// Download writes the files of a connector into a folder.
func Download(ctx context.Context, env *Env, args DownloadArgs) (DownloadResult, error) {
	return DownloadResult{}, errNotBuilt
}
