// Who this browser is to the desk: on the desk's own page a cookie says it; inside another page, where there is none,
// a key that only this page can read, shown with every request.

const NAME = "phananh48"
const query = new URLSearchParams(location.search)

export const isEmbedded = location.pathname.endsWith("/embed") && parent !== window
export const around = isEmbedded ? query.get("in") : location.origin
export const lang = isEmbedded ? query.get("lang") : null

// Where the browser refuses to keep anything for a page inside another, the conversation ends with the page.
export const isKept = !isEmbedded || keep("try", "1")
const key = isEmbedded ? ownKey() : null
const shown = key ? { Authorization: `Bearer ${key}` } : {}

// A socket takes no headers; the desk answers with the first of these.
export const protocols = key ? ["phananh48", `key.${key}`] : []

export const address = path => new URL(path, document.baseURI)

export function ask(path, { headers, ...more } = {}) {
  return fetch(address(path), { ...more, headers: { ...headers, ...shown } })
}

export function show(request) {
  for (const [name, value] of Object.entries(shown)) request.setRequestHeader(name, value)
}

export function kept(name) {
  try { return localStorage.getItem(`${NAME}-${name}`) } catch { return null }
}

export function keep(name, value) {
  try { localStorage.setItem(`${NAME}-${name}`, value); return true } catch { return false }
}

function ownKey() {
  const before = kept("key")
  if (/^[\w-]{43}$/.test(before)) return before
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const made = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace("=", "")
  keep("key", made)
  return made
}
