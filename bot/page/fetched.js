// Shows a file of the desk where its address alone opens nothing: fetched with the key, and shown from memory.

import { address, ask, isEmbedded } from "./identity.js"

const AGAIN = 5000
const awaited = new WeakMap()
const local = new Map()
const inView = isEmbedded && new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    inView.unobserve(target)
    load(target)
  }
})

export function source(element, url) {
  if (isOpen(url)) { element.src = address(url); return }
  awaited.set(element, url)
  inView.observe(element)
}

export function link(element, url, name) {
  element.href = address(url)
  if (isOpen(url)) return
  element.addEventListener("click", async event => {
    event.preventDefault()
    const found = await fetched(url).catch(() => null)
    if (found) Object.assign(document.createElement("a"), { href: found, download: name }).click()
  })
}

// What the person has just attached is in memory already.
const isOpen = url => !isEmbedded || url.startsWith("blob:")

async function load(element) {
  try {
    const found = await fetched(awaited.get(element))
    if (found) element.src = found
  } catch {
    setTimeout(() => inView.observe(element), AGAIN)
  }
}

// An address of its content in memory; null where the desk has it no more.
async function fetched(url) {
  if (!local.has(url)) {
    const answer = await ask(url)
    if (answer.status >= 500) throw new Error(answer.statusText)
    local.set(url, answer.ok ? URL.createObjectURL(await answer.blob()) : null)
  }
  return local.get(url)
}
