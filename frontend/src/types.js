/**
 * What Python sends: the view-model, schema 1. Types only; nothing here runs.
 *
 * @typedef {"f32"|"u8"|"u16"|"u32"|"i32"} Dtype
 *
 * @typedef {Object} BufferSpec   one packed little-endian array inside `blob`
 * @property {Dtype} dtype
 * @property {number} offset      bytes from the start of the blob
 * @property {number} length      items
 * @property {number[]} [shape]
 * @property {""|"shuffle"|"delta"} [coding]
 *
 * @typedef {Object} Column       a column of the table on show, in the user's order
 * @property {string} name
 * @property {"number"|"boolean"|"category"|"datetime"|"text"} kind
 * @property {"feature"|"id"|"time"|"label"|"ignored"} role
 * @property {string} [typical]   e.g. "20 – 310"
 *
 * @typedef {Object} Axis         something the scatter can show
 * @property {string} name
 * @property {"number"|"category"|"datetime"} kind
 * @property {"column"|"projection"|"score"} [group]
 * @property {number} min         data units; datetime: epoch milliseconds
 * @property {number} max
 * @property {["asinh", number, number]} [scale]  t(v) = asinh((v - centre) / width)
 * @property {string|null} [buffer]  null: not shipped
 * @property {string[]} [labels]  for categories
 *
 * @typedef {Object} Rows         the rows with the highest scores, as the user wrote them
 * @property {number} count
 * @property {string} row         name of the buffer of row positions
 * @property {string[]} ids
 * @property {string[][]} cells   cells[column][rank]
 * @property {Object<string, string>} [sort]  column name -> name of a numeric buffer
 *
 * @typedef {Object} Explained    contributions of the rows with the highest scores
 * @property {number} count
 * @property {string[]} columns
 * @property {number|null} [base]
 * @property {string} [unit]
 * @property {string} [rule]
 * @property {string} [method]
 * @property {string} values      name of the f32 buffer, count × columns
 *
 * @typedef {Object} Spec
 * @property {1} schema
 * @property {boolean} live       a kernel answers requests
 * @property {string} title
 * @property {number} n
 * @property {{name: string, title: string, params: Object<string, unknown>}} detector
 * @property {{value: number, flagged?: number, method?: string, budget?: number|null}} threshold
 * @property {{label: string, min: number, max: number}} score
 * @property {[string, number][]} severity     [name, highest empirical p-value]
 * @property {[string, number][]} [severity_at]  [name, rows from the top], when p cannot come from the rank
 * @property {Column[]} columns
 * @property {Axis[]} axes
 * @property {number[]} [axes_start]           -1 is the score itself
 * @property {{exact: number, sample: number, of: number}} [points]
 * @property {Rows} rows
 * @property {Explained|null} [explained]
 * @property {string[]} [repairs]
 * @property {Object<string, unknown>} [provenance]
 * @property {string} [verdict_file]
 * @property {Object<string, BufferSpec>} buffers
 *
 * @typedef {{verdict: "anomaly"|"normal"|"unsure", note: string, at: string}} Verdict
 *
 * @typedef {Object} Row          one row as far as it is known here
 * @property {number} rank        position in score-descending order
 * @property {number} [row]       position in the user's order
 * @property {string} [id]
 * @property {string[]} [cells]   one display string per column
 *
 * @typedef {Object} Model        the part of anywidget's model that is used
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 * @property {() => void} save_changes
 */
export {};
