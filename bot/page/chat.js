// The chat page: what is said goes out through the queue, what is heard comes in through the socket.

import { standInside, tell as tellAround } from "./around.js"
import { copyCode } from "./clipboard.js"
import { composer } from "./composer.js"
import { fromAddress, fromAround, pressed, typed } from "./entry.js"
import { follow } from "./follow.js"
import { isEmbedded } from "./identity.js"
import { introduce } from "./me.js"
import { outgoing } from "./outgoing.js"
import { listen } from "./socket.js"
import { expect, hold, isEmpty, mark, place, renameDays } from "./transcript.js"

const at = id => document.getElementById(id)
const entries = new Map()
const ANSWERING = 3000
let isSettled = false
let saidAt = -Infinity
let pressedOn = null
let isAnswer = false // the desk answers a press that has no bubble

const reader = follow(at("log"), at("inner"), at("news"))
const queue = outgoing({ changed: tell, stored: seq => line.await(seq) })
let meeting = meet()
const line = listen({ heard, settled, changed })

function say(entry) {
  saidAt = performance.now()
  entries.set(entry.id, entry)
  pressedOn = entry.quiet ? entry.body.of : null
  isAnswer = entry.quiet
  if (!entry.quiet) { expect(entry); reader.catchUp() }
  for (const item of entry.items ?? []) item.said = state => { if (state !== "sent") tell(entry.id, state) }
  queue.send(entry)
}

// A quiet press gets its bubble only when something went wrong with it.
function tell(id, state, reason) {
  const entry = entries.get(id)
  if (entry.quiet && (state === "refused" || state === "waiting")) { entry.quiet = false; expect(entry) }
  mark(id, state, reason)
}

function heard(frame) {
  if (frame.type === "lang") meeting = meet()
  if (frame.type !== "message") return
  const element = place(frame)
  if (frame.from !== "desk") return
  if (frame.id === pressedOn && "other" in element.dataset) reader.exchanged(element)
  else reader.arrived(element, !isSettled, isAnswer && frame.id !== pressedOn)
  isAnswer = false
  // The demo desk marks a phone where something came unasked; who closes the panel right after asking waits for it.
  const isNews = isSettled && (isEmbedded || performance.now() - saidAt > ANSWERING)
  if (isNews) tellAround("news")
}

function changed(state) {
  at("connection").dataset.state = state
  if (state !== "online") return
  queue.work()
  meeting = meeting.catch(meet)
}

// Whoever was never here before is greeted with the menu, and need not know a command.
async function settled() {
  isSettled = true
  at("log").removeAttribute("aria-busy")
  const { readonly } = await meeting
  if (readonly) return
  const greeting = fromAround(isEmpty()) ?? (isEmpty() ? typed("/start") : null)
  if (greeting) say(greeting)
}

async function meet() {
  const me = await introduce()
  renameDays()
  return me
}

composer(at("composer"), (words, items) => say(typed(words, items)))
at("menu").addEventListener("click", () => say(typed("/menu")))

at("log").addEventListener("click", ({ target }) => {
  const button = target.closest("button:not([aria-disabled])")
  if (button?.matches(".choice")) { hold(button); say(pressed(button.dataset, button.textContent, button.closest(".message").dataset)) }
  if (button?.matches(".again")) queue.send(entries.get(button.closest(".message").dataset.entry))
  if (button?.matches(".copy")) copyCode(button)
})

const first = fromAddress()
if (first) say(first)
standInside(isOpen => line.look(isOpen))
