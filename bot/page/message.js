// Builds the element of one message, from the desk or from the person.

import { time } from "./days.js"
import * as fetched from "./fetched.js"
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
  const command = message.from === "me" && text.match(/^\/(\w+)/)
  if (command) element.dataset.command = command[1]
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
  if (type.startsWith("audio/")) return voice(url)
  const isPicture = type.startsWith("image/")
  const element = copyOf(isPicture ? "picture" : "file")
  fetched.link(element, url, name)
  if (isPicture) {
    element.firstElementChild.alt = alt || name
    fetched.source(element.firstElementChild, url)
  } else element.textContent = name
  return element
}

function voice(url) {
  const element = copyOf("voice")
  fetched.source(element, url)
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
