// Sends one entry at a time, in order, until the desk has stored it. Kept in memory only: nothing personal stays on the device.

import { ask, lang } from "./identity.js"

const LONGEST = 15
const PATIENCE = 20000

export function outgoing({ changed, stored }) {
  const waiting = []
  let isBusy = false
  let timer
  let wait = 1

  async function work() {
    if (isBusy) return
    isBusy = true
    clearTimeout(timer)
    while (waiting.length && await deliver(waiting[0])) waiting.shift()
    isBusy = false
    if (!waiting.length) return
    timer = setTimeout(work, wait * 1000)
    wait = Math.min(wait * 2, LONGEST)
  }

  // Whether the entry is done with: stored, or refused for good.
  async function deliver(entry) {
    try {
      const { body, reason: why } = await filled(entry)
      if (!body) { changed(entry.id, "refused", why); return true }
      const answer = await post(body)
      if (answer.status >= 500) throw new Error(answer.statusText)
      if (answer.ok) { stored((await answer.json()).seq); changed(entry.id, "sent") }
      else changed(entry.id, "refused", await reason(answer))
      wait = 1
      return true
    } catch {
      for (const { id } of waiting) changed(id, "waiting")
      return false
    }
  }

  addEventListener("online", work)
  addEventListener("beforeunload", event => { if (waiting.length) event.preventDefault() })

  function send(entry) {
    changed(entry.id, "sending")
    waiting.push(entry)
    work()
  }

  return { send, work }
}

// Files go up by themselves; the message waits for them, and goes without those that the desk refused.
async function filled({ body, items = [] }) {
  if (!items.length) return { body }
  const answers = await Promise.all(items.map(({ done }) => done))
  const files = answers.flatMap(({ id }) => id ?? [])
  if (!files.length && !body.text) return { reason: answers.find(({ reason }) => reason)?.reason ?? "" }
  return { body: { ...body, files } }
}

// What stands before the desk (a proxy) may refuse too, in no words of ours.
async function reason(answer) {
  const { error } = await answer.json().catch(() => ({}))
  return error ?? ""
}

function post(body) {
  const patience = new AbortController()
  setTimeout(() => patience.abort(), PATIENCE)
  return ask("messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(lang ? { ...body, lang } : body),
    signal: patience.signal,
  })
}
