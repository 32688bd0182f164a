// The page around this one: the demo desk, or a page of somebody else's that holds the chat. Only single words pass
// between the two, never anything of the conversation.

import { around, isEmbedded } from "./identity.js"

const at = id => document.getElementById(id)
const isFramed = parent !== window

export function tell(word) {
  if (isFramed) parent.postMessage(word, around)
}

// `turned` hears whether the panel around is open.
export function standInside(turned) {
  document.body.classList.toggle("framed", isFramed && !isEmbedded)
  document.body.classList.toggle("embedded", isEmbedded)
  if (!isEmbedded) return
  at("close").hidden = false
  at("close").addEventListener("click", () => tell("close"))
  addEventListener("keydown", event => {
    if (event.key === "Escape" && !event.isComposing) tell("close")
  })
  addEventListener("message", ({ data, origin, source }) => {
    if (source !== parent || origin !== around) return
    if (data === "opened") begin()
    if (data === "opened" || data === "closed") turned(data === "opened")
  })
  tell("ready")
}

// On a phone the box to write in would bring up the keyboard before anything was read.
function begin() {
  if (matchMedia("(pointer: fine)").matches) at("text").focus({ preventScroll: true })
}
