// Builds the element of one message, from the desk or from the person.

import { time } from "./days.js"
import { nodesOf, onlyCode } from "./text.js"
import { copyOf } from "./words.js"

const MANY = 6
const SHORT = 10

export function elementOf(message) {
  const element = copyOf("message")
  const text = message.text ?? ""
  element.dataset.from = message.from
  element.dataset.kind = message.kind
  if (message.id) element.dataset.id = message.id
  if (message.at) stamp(element, message.at)
  if (message.from === "me" && /^\/\w/.test(text)) element.dataset.command = ""
  // What a person wrote is shown as written: only the desk's words carry markup.
  element.querySelector(".text").append(nodesOf(text, { bold: message.from === "desk" }))
  element.querySelector(".media").append(...(message.media ?? []).map(attachment))
  offerChoices(element.querySelector(".choices"), message.choices ?? [])
  offerCopy(element.querySelector(".copy"), message.from === "desk" && onlyCode(text))
  return element
}

function stamp(element, at) {
  const stamped = element.querySelector(".foot time")
  stamped.dateTime = at
  stamped.textContent = time(at)
}

function attachment({ url, name, type, alt }) {
  const address = new URL(url, document.baseURI)
  if (type.startsWith("audio/")) return voice(address)
  const isPicture = type.startsWith("image/")
  const element = copyOf(isPicture ? "picture" : "file")
  element.href = address
  if (isPicture) Object.assign(element.firstElementChild, { src: address, alt: alt || name })
  else element.textContent = name
  return element
}

function voice(address) {
  const element = copyOf("voice")
  element.src = address
  return element
}

function offerChoices(group, choices) {
  group.toggleAttribute("data-many", choices.length > MANY)
  group.toggleAttribute("data-short", choices.length > 2 && choices.every(({ label }) => label.length <= SHORT))
  group.append(...choices.map(({ token, label, style }) => {
    const button = copyOf("choice")
    button.dataset.token = token
    button.textContent = label
    button.classList.add(style ?? "plain")
    return button
  }))
}

function offerCopy(button, code) {
  if (!code || !navigator.clipboard) return
  button.hidden = false
  button.querySelector(".code").textContent = code
}
