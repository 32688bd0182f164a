// What a person sends: typed words, files, or a pressed choice, under an id that lets the desk take it only once.

import { isEmbedded, keep, kept } from "./identity.js"

const query = new URLSearchParams(location.search)

// crypto.randomUUID exists only on HTTPS; a desk may be tried over plain HTTP in a local network.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = bytes[6] & 0x0f | 0x40
  bytes[8] = bytes[8] & 0x3f | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

export function typed(text, items = []) {
  const id = uuid()
  return { id, words: text, items, body: { id, text } }
}

// A press on a card changes the card where it stands, so it needs no bubble of its own.
export function pressed({ token }, label, { id: of, kind }) {
  const id = uuid()
  const quiet = kind === "card"
  return { id, quiet, words: label, body: { id, choice: token, label, of, quiet } }
}

// A page around may say at which site it stands: said at the beginning, and when it has become another site.
let before = kept("start")

export function fromAround(isBeginning) {
  const place = isEmbedded && query.get("start")
  if (!place || (place === before && !isBeginning)) return null
  keep("start", before = place)
  return typed(`/start ${place}`)
}

// A link may carry one thing to say first: an invitation to a unit, or the place it was scanned at.
export function fromAddress() {
  if (isEmbedded) return null
  if (location.search) history.replaceState(null, "", location.pathname)
  if (query.get("join")) return typed(`/vaodonvi ${query.get("join")}`)
  if (query.get("start")) return typed(`/start ${query.get("start")}`)
  return null
}
