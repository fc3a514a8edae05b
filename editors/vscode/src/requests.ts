// The requests of our own that the server answers. The library wants a type for each: by a bare name it would send a
// token that is not there as a second parameter.
import { RequestType, type WorkspaceEdit } from "vscode-languageclient/node";

/** Has the workspace looked through, and tells the folders of all connectors. */
export const connectors = new RequestType<object, { folders: string[] }, void>("paconn/connectors");

/** Asks for the edit that mends all files of a connector: none when there is nothing that can be mended safely. */
export const fixConnector = new RequestType<{ folder: string }, { edit?: WorkspaceEdit; fixes: number }, void>(
	"paconn/fixAll",
);
