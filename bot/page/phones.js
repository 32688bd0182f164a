// The phones of the demo desk: a row on a wide screen, one at a time behind tabs on a narrow one.

import { copyOf } from "./words.js"

const row = document.getElementById("phones")
const tabs = document.getElementById("tabs")
const narrow = matchMedia("(max-width: 47.5rem)")
let chosen = 0

export function showPhones(phones) {
  phones.forEach((phone, n) => {
    if (!row.children[n]) add(phone, n)
    name(row.children[n], phone)
    name(tabs.children[n], phone)
    row.children[n].querySelector("iframe").title = `${phone.name} · ${phone.role}`
  })
  arrange()
}

function add({ path }, n) {
  const tab = copyOf("tab")
  const phone = copyOf("phone")
  Object.assign(tab, { id: `tab-${n}`, onclick: () => choose(n) })
  tab.setAttribute("aria-controls", `phone-${n}`)
  phone.id = `phone-${n}`
  phone.querySelector("h2").id = `phone-${n}-name`
  phone.querySelector("iframe").src = path
  tabs.append(tab)
  row.append(phone)
}

function name(element, { name, role }) {
  element.querySelector(".name").textContent = name
  element.querySelector(".role").textContent = role
}

function choose(n) {
  chosen = n
  arrange()
  tabs.children[n].scrollIntoView({ block: "nearest", inline: "nearest" })
}

function arrange() {
  tabs.hidden = !narrow.matches
  // The row scrolls sideways, so the arrow keys must be able to reach it.
  row.tabIndex = narrow.matches ? -1 : 0
  for (const [n, phone] of [...row.children].entries()) {
    const isChosen = n === chosen
    tabs.children[n].setAttribute("aria-selected", isChosen)
    tabs.children[n].tabIndex = isChosen ? 0 : -1
    if (isChosen) tabs.children[n].querySelector(".fresh").hidden = true
    phone.hidden = narrow.matches && !isChosen
    phone.setAttribute("role", narrow.matches ? "tabpanel" : "region")
    phone.setAttribute("aria-labelledby", narrow.matches ? `tab-${n}` : `phone-${n}-name`)
  }
}

tabs.addEventListener("keydown", event => {
  const last = row.children.length - 1
  const to = { ArrowRight: chosen < last ? chosen + 1 : 0, ArrowLeft: chosen > 0 ? chosen - 1 : last, Home: 0, End: last }[event.key]
  if (to === undefined) return
  event.preventDefault()
  choose(to)
  tabs.children[to].focus()
})

// A phone nobody looks at says on its tab that something arrived.
addEventListener("message", ({ data, origin, source }) => {
  if (data !== "news" || origin !== location.origin) return
  const n = [...row.children].findIndex(phone => phone.querySelector("iframe").contentWindow === source)
  if (n >= 0 && n !== chosen) tabs.children[n].querySelector(".fresh").hidden = false
})

narrow.addEventListener("change", arrange)
