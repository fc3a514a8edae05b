// Opening a page in the browser.
import * as vscode from "vscode";
import { isPage } from "./url.js";

/** Opens the page of an address that the server names; it may come from a settings file that somebody else wrote. */
export async function openPage(address: string): Promise<boolean> {
	if (!isPage(address)) {
		throw new Error(`${address} is no address of a page, and was not opened`);
	}
	return vscode.env.openExternal(vscode.Uri.parse(address, true));
}
