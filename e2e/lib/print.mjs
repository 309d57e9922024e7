/** What the demo prints for people. */

const LONGEST_NAME = 70;

/** @typedef {{id: number, name: string, start: string | null, end: string | null, progress_percent: number | null}} Course */

/**
 * A table. Names come last, so that a right-to-left name does not disturb a column.
 * @param {Course[]} courses
 * @returns {string[]} lines
 */
export function coursesTable(courses) {
  const rows = courses.map(({ id, name, start, end, progress_percent: progress }) => [
    String(id), progress === null ? '–' : `${progress} %`, day(start), day(end), shortened(name),
  ]);
  const table = [['id', 'progress', 'from', 'to', 'course'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map(([id = '', progress = '', from = '', to = '', name = '']) => [
    id.padStart(widths[0] ?? 0), progress.padStart(widths[1] ?? 0), from.padEnd(widths[2] ?? 0), to.padEnd(widths[3] ?? 0),
    name,
  ].join('  '));
}

/** @param {string | null} time */
function day(time) {
  return time?.slice(0, 10) ?? '–';
}

/** @param {string} name */
function shortened(name) {
  const characters = [...name];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join('').trimEnd()}…` : name;
}

/**
 * Lines of a name and a value each, aligned.
 * @param {[string, string][]} entries
 * @returns {string[]}
 */
export function aligned(entries) {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/**
 * What to paste into the programs that take an API key.
 * @param {string} service the base address
 * @param {string} key
 * @returns {[title: string, text: string][]}
 */
export function clientConfigurations(service, key) {
  const url = `${service}/mcp`;
  const headers = { Authorization: `Bearer ${key}` };
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_courses', arguments: {} } };
  return [
    ['Claude Code, in a terminal', `claude mcp add --transport http moodle ${url} --header "Authorization: Bearer ${key}" --scope user`],
    ['Cursor, in the file ~/.cursor/mcp.json', JSON.stringify({ mcpServers: { moodle: { url, headers } } })],
    ['VS Code, in the file that “MCP: Open User Configuration” opens',
      JSON.stringify({ servers: { moodle: { type: 'http', url, headers } } })],
    ['curl, in a terminal', [
      `curl -s ${url} -H "Authorization: Bearer ${key}"`,
      '-H "Content-Type: application/json" -H "Accept: application/json, text/event-stream"',
      `-d '${JSON.stringify(call)}'`,
    ].join(' \\\n  ')],
  ];
}

/**
 * @param {string} text
 * @returns {string} every line indented
 */
export function indented(text) {
  return text.replace(/^/gm, '  ');
}
