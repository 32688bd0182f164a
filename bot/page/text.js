// The desk's plain text as nodes: **bold** and web addresses are the only things that become elements.

const ADDRESS = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]}'’”]/.source
const LINKS = new RegExp(`(?<link>${ADDRESS})`, "g")
const PARTS = new RegExp(`\\*\\*(?<bold>[^*\\n]+)\\*\\*|(?<link>${ADDRESS})`, "g")
const CODE = /\bPA-[0-9A-Z]{4,8}\b/g

export function nodesOf(text, { bold = true } = {}) {
  const nodes = new DocumentFragment()
  let end = 0
  for (const part of text.matchAll(bold ? PARTS : LINKS)) {
    nodes.append(text.slice(end, part.index), part.groups.bold ? strong(part.groups.bold) : link(part.groups.link))
    end = part.index + part[0].length
  }
  nodes.append(text.slice(end))
  return nodes
}

// The one report code of a message; a list of many has no code of its own.
export function onlyCode(text) {
  const codes = new Set(text.match(CODE))
  return codes.size === 1 ? [...codes][0] : null
}

function strong(words) {
  const element = document.createElement("strong")
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
