// What is attached and not sent yet: pictures in small, how far each has gone, and a button that takes it away again.

import { forget, upload } from "./upload.js"
import { copyOf } from "./words.js"

const MOST = 10
const LARGEST = 20e6

export function tray(list, note) {
  const items = new Map()

  function add(files) {
    for (const file of files) {
      if (items.size === MOST) return note("many")
      if (file.size > LARGEST) { note("large"); continue }
      note(null)
      attach(file)
    }
  }

  function attach(file) {
    const element = elementOf(file)
    const item = { file, url: element.dataset.url, said: show }
    function show(state, gone) {
      element.dataset.state = state
      element.querySelector("progress").value = gone
    }
    const { done, stop } = upload(file, (...news) => item.said(...news))
    item.done = done.then(answer => {
      item.said("sent", 1)
      if (answer.reason !== undefined && items.delete(element)) refuse(element, answer.reason)
      return answer
    })
    element.querySelector(".remove").addEventListener("click", () => {
      stop()
      item.done.then(({ id }) => { if (id) forget(id) })
      takeAway(element)
    })
    items.set(element, item)
    list.append(element)
    list.hidden = false
  }

  function takeAway(element) {
    const next = element.nextElementSibling ?? element.previousElementSibling
    items.delete(element)
    URL.revokeObjectURL(element.dataset.url)
    element.remove()
    list.hidden = !items.size
    // Whoever stood on the button stands on the next one, or in the box to write in.
    const place = next?.querySelector(".remove") ?? list.closest("form").querySelector("textarea")
    place.focus()
  }

  function refuse(element, reason) {
    element.remove()
    list.hidden = !items.size
    note("refused", reason)
  }

  // All of it, for a message; from here on its news are the message's.
  function take() {
    const taken = [...items.values()]
    items.clear()
    list.textContent = ""
    list.hidden = true
    note(null)
    return taken
  }

  return { add, take }
}

function elementOf(file) {
  const element = copyOf("attachment")
  const kind = file.type.split("/")[0]
  element.dataset.url = URL.createObjectURL(file)
  for (const preview of element.querySelectorAll("[data-kind]")) {
    if (preview.dataset.kind === kind) preview.src = element.dataset.url
    else preview.remove()
  }
  element.querySelector(".name").textContent = file.name
  const button = element.querySelector(".remove")
  if (file.name) button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${file.name}`)
  return element
}

// One element holds every sentence; only the one that is true is shown.
export function notes(place) {
  return (name, words) => {
    for (const one of place.children) {
      one.hidden = one.dataset.note !== name
      if (!one.hidden && words !== undefined) one.textContent = words
    }
  }
}
