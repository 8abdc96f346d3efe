/**
 * As much of the filter language as the page needs to show a filter's conditions one by one and to switch values on and
 * off. The server alone says whether a filter is right.
 */

/** The conditions that `and` joins at the top; the whole text as one if it cannot be taken apart. */
export function conditions(text) {
  const parts = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  const trimmed = text.trim();
  for (let i = 0; i < trimmed.length; i++) {
    const c = trimmed[i];
    if (quote) {
      if (c === '\\') {
        i++;
      } else if (c === quote) {
        quote = '';
      }
    } else if (c === '"' || c === "'") {
      quote = c;
    } else if (c === '(' || c === '[') {
      depth++;
    } else if (c === ')' || c === ']') {
      depth--;
    } else if (depth === 0 && isWord(trimmed, i, 'or')) {
      return [trimmed];
    } else if (depth === 0 && isWord(trimmed, i, 'and')) {
      parts.push(trimmed.slice(from, i).trim());
      from = i + 3;
      i += 2;
    }
  }
  if (quote || depth !== 0) {
    return [trimmed];
  }
  parts.push(trimmed.slice(from).trim());
  return parts.filter((part) => part !== '');
}

function isWord(text, at, word) {
  const boundary = /[\s()[\],=!<>"']/;
  return (
    text.slice(at, at + word.length).toLowerCase() === word &&
    (at === 0 || boundary.test(text[at - 1])) &&
    (at + word.length === text.length || boundary.test(text[at + word.length]))
  );
}

/** A name or value as the filter language wants it: quoted where it must be. */
export function quoted(value) {
  const plain = /^[^\s()[\],=!<>"'\\]+$/.test(value) && !/^(and|or|not|in|\*)$/i.test(value);
  return plain ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** The values that the filter picks of a field by `field = value` or `field in (a, b)`. */
export function picked(text, field) {
  for (const condition of conditions(text)) {
    const values = valuesOf(condition, field);
    if (values) {
      return values;
    }
  }
  return [];
}

/** The filter without the condition that picks values of this field. */
export function without(text, field) {
  return join(conditions(text).filter((condition) => !valuesOf(condition, field)));
}

/** The filter with a value of a field switched on or off. */
export function toggled(text, field, value) {
  const before = picked(text, field);
  const values = before.includes(value) ? before.filter((v) => v !== value) : [...before, value];
  const others = conditions(text).filter((condition) => !valuesOf(condition, field));
  if (values.length === 1) {
    others.push(`${quoted(field)} = ${quoted(values[0])}`);
  } else if (values.length > 1) {
    others.push(`${quoted(field)} in (${values.map(quoted).join(', ')})`);
  }
  return join(others);
}

/** The filter with one more condition. */
export function withCondition(text, condition) {
  return join([...conditions(text), condition]);
}

/** Conditions joined again; an `or` among several keeps its own brackets. */
export function join(parts) {
  return parts.length < 2
    ? parts.join('')
    : parts.map((part) => (conditions(`${part} and *`).length === 1 ? `(${part})` : part)).join(' and ');
}

const TOKEN = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s()[\],=!<>"']+`;
const SIMPLE = new RegExp(String.raw`^(${TOKEN})\s*(?:=\s*(${TOKEN})|in\s*\(((?:\s*(?:${TOKEN})\s*,?)*)\))$`, 'i');

function valuesOf(condition, field) {
  const match = SIMPLE.exec(condition);
  if (!match || unquoted(match[1]) !== field) {
    return null;
  }
  const list = match[2] === undefined ? match[3] : match[2];
  return [...list.matchAll(new RegExp(TOKEN, 'g'))].map(([token]) => unquoted(token));
}

function unquoted(token) {
  return /^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
}
