/** What a build presets. */

/** The service's address until a person or an administrator sets another. */
export const DEFAULT_SERVER = 'http://localhost:8080';

/** The OAuth client that every copy of this extension is. */
export const CLIENT_ID = 'moodle-mcp-extension';

/** Raised when the consent text changes in substance: everybody is asked anew. */
export const CONSENT_VERSION = 1;
