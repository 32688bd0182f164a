// The conversation in its order: what the desk has stored, then what is still on its way there.

import { date, day } from "./days.js"
import { elementOf } from "./message.js"
import { copyOf } from "./words.js"

const list = document.getElementById("messages")
const stored = new Map()
const pending = new Map()

export const isEmpty = () => stored.size === 0 && pending.size === 0

export function place(message) {
  const element = elementOf(message)
  const before = stored.get(message.id)
  stored.set(message.id, element)
  if (before) exchange(before, element)
  else append(element, message)
  if (message.from === "desk") release()
  markCurrent()
  return element
}

export function expect({ id, words, items = [] }) {
  const media = items.map(({ file, url }) => ({ url, name: file.name, type: file.type, alt: file.name }))
  const element = elementOf({ from: "me", kind: "text", text: words, media })
  element.dataset.state = "sending"
  element.dataset.entry = id
  pending.set(id, element)
  list.append(element)
  markCurrent()
}

// `reason` is the desk's sentence when it refused.
export function mark(id, state, reason = "") {
  const element = pending.get(id)
  if (!element) return
  element.dataset.state = state
  element.querySelector(".reason").textContent = reason
  if (state === "refused") release()
}

export function hold(button) {
  for (const choice of button.parentElement.children) choice.setAttribute("aria-disabled", "true")
  button.dataset.pressed = ""
}

export function renameDays() {
  for (const time of list.querySelectorAll(".day time")) time.textContent = day(time.dateTime)
}

// Whoever stood on a button of the old card stands on the new card afterwards.
function exchange(before, element) {
  const stoodHere = before.contains(document.activeElement)
  // Another card in the same place is read from its top; the same one with a tick more stays where it is.
  element.toggleAttribute("data-other", firstLine(before) !== firstLine(element))
  before.replaceWith(element)
  if (stoodHere) element.querySelector(".choice")?.focus({ preventScroll: true })
}

const firstLine = element => element.querySelector(".text").textContent.split("\n", 1)[0]

function append(element, { at, client_id }) {
  const waited = pending.get(client_id)
  // The desk does not send a person's own pictures back; while the page is open, they stay where they were.
  if (waited) element.querySelector(".media").append(...waited.querySelector(".media").children)
  waited?.remove()
  pending.delete(client_id)
  const next = pending.values().next().value ?? null
  const previous = next ? next.previousElementSibling : list.lastElementChild
  const isNewDay = !previous || date(previous.querySelector("time").dateTime) !== date(at)
  if (isNewDay) list.insertBefore(separator(at), next)
  list.insertBefore(element, next)
}

function separator(at) {
  const element = copyOf("day")
  element.firstElementChild.dateTime = at
  element.firstElementChild.textContent = day(at)
  return element
}

// After the desk has spoken, or refused, every button may be pressed again.
function release() {
  for (const choice of list.querySelectorAll(".choice[aria-disabled]")) {
    choice.removeAttribute("aria-disabled")
    delete choice.dataset.pressed
  }
}

// The newest choices stand out as long as the person has said nothing after them.
function markCurrent() {
  list.querySelector("[data-current]")?.removeAttribute("data-current")
  let element = list.lastElementChild
  while (element && element.dataset.from !== "me" && !element.querySelector(".choice")) element = element.previousElementSibling
  if (element?.dataset.from === "desk") element.dataset.current = ""
}
