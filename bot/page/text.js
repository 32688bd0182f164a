// The desk's plain text as nodes: **bold** and web addresses are the only things that become elements.
// The stars of a masked number or name (015******234) stand inside a word, and so are not bold. What stands before is
// matched too: Safari looks behind only since 2023.

const ADDRESS = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]}'’”]/.source
const LINKS = new RegExp(`(?<link>${ADDRESS})`, "g")
const PARTS = new RegExp(`(?<before>^|[^*\\p{L}\\p{N}])\\*\\*(?<bold>[^*\\s](?:[^*\\n]*[^*\\s])?)\\*\\*(?![*\\p{L}\\p{N}])|(?<link>${ADDRESS})`, "gu")
const CODE = /\*\*(PA-[0-9A-Z]{4,8})\*\*/g

export function nodesOf(text, { bold = true } = {}) {
  const nodes = new DocumentFragment()
  let end = 0
  for (const part of text.matchAll(bold ? PARTS : LINKS)) {
    const found = part.groups
    nodes.append(text.slice(end, part.index) + (found.before ?? ""), found.bold ? strong(found.bold) : link(found.link))
    end = part.index + part[0].length
  }
  nodes.append(text.slice(end))
  return nodes
}

// The one report code that stands in bold, as in a receipt; a code in passing is not there to be copied.
export function onlyCode(text) {
  const codes = new Set(Array.from(text.matchAll(CODE), found => found[1]))
  return codes.size === 1 ? [...codes][0] : null
}

function strong(words) {
  const element = document.createElement("strong")
  element.classList.toggle("whole", /^PA-\S+$/.test(words))
  element.append(nodesOf(words, { bold: false }))
  return element
}

function link(address) {
  const element = document.createElement("a")
  element.href = element.textContent = address
  element.target = "_blank"
  element.rel = "noopener noreferrer"
  return element
}
