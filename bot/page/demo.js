// The demo desk: moves its clock, changes its language, shows its phones.

import { moment } from "./days.js"
import { showPhones } from "./phones.js"
import { translate } from "./words.js"

const at = id => document.getElementById(id)
const TICK = 5000
let desk, loadedAt

async function ask(path, body) {
  const question = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }
  const answer = await fetch(new URL(`demo/${path}`, document.baseURI), question)
  if (!answer.ok) throw new Error(answer.statusText)
  show(await answer.json())
}

function show(state) {
  desk = state
  loadedAt = performance.now()
  document.documentElement.lang = desk.lang
  translate(desk.strings)
  document.title = document.querySelector("h1").textContent.trim()
  at("ahead").hidden = !desk.jumped_hours
  at("hours").textContent = desk.jumped_hours
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", button.dataset.lang === desk.lang)
  }
  tick()
  showPhones(desk.phones)
}

function tick() {
  if (!desk) return
  const words = moment(Date.parse(desk.now) + performance.now() - loadedAt)
  if (at("clock").textContent !== words) at("clock").textContent = words
}

document.body.addEventListener("click", async ({ target }) => {
  const { jump, lang } = target.closest("button:not([aria-disabled])")?.dataset ?? {}
  if (!jump && !lang) return
  const buttons = [...document.querySelectorAll("[data-jump], [data-lang]")]
  buttons.forEach(button => button.setAttribute("aria-disabled", "true"))
  try {
    await (jump ? ask("jump", { hours: Number(jump) }) : ask("lang", { lang }))
    at("failed").hidden = true
    at("moved").textContent = at("clock").textContent
  } catch {
    at("failed").hidden = false
  }
  buttons.forEach(button => button.removeAttribute("aria-disabled"))
})

setInterval(tick, TICK)
ask("state").catch(() => { at("failed").hidden = false })
