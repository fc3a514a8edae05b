// What the server's verbs answer, as far as it is used here.

export interface Account {
	cloud: string;
	tenant: string;
	tenantId: string;
	user: string;
	means: string;
	expires: string;
	renewable: boolean;
}

export interface Environment {
	name: string;
	title: string;
	region?: string;
	default?: boolean;
}

export interface Connector {
	id: string;
	title: string;
	author?: string;
	changed?: string;
}

export interface Cloud {
	name: string;
	title: string;
}

interface Noted {
	notes?: string[];
}

export interface LoginResult extends Noted {
	account: Account;
	already?: boolean;
	storage: string;
}

export interface LogoutResult extends Noted {
	removed: Account[];
}

export interface StatusResult extends Noted {
	accounts: Account[];
	/** Environment variables describe the first account. */
	variables?: boolean;
	storage: string;
}

export interface ListResult extends Noted {
	environment?: string;
	environments?: Environment[];
	connectors?: Connector[];
	clouds?: Cloud[];
}

export interface DownloadResult extends Noted {
	folder: string;
	connectorId: string;
	environment: string;
	files: { name: string; change: string }[];
}

export interface DeployResult extends Noted {
	connectorId?: string;
	environment: string;
	environmentTitle?: string;
	title: string;
	changes?: { file: string; pointer: string; kind: string }[];
	/** The parts of which is not known what would change. */
	unknown?: string[];
	/** Stands for all that a dry run of update looked at. */
	compared?: string;
	redirectUrls?: string[];
	settingsFile?: string;
	before?: string;
	after?: string;
}

export interface ValidateResult extends Noted {
	apiDefinition: string;
	refused: boolean;
	findings: { severity: string; message: string }[];
	text?: string;
	code?: string;
	requestId?: string;
}

/** The verbs of the server that are used, and what each answers. */
export interface Verbs {
	login: LoginResult;
	logout: LogoutResult;
	status: StatusResult;
	list: ListResult;
	download: DownloadResult;
	create: DeployResult;
	update: DeployResult;
	validate: ValidateResult;
}
