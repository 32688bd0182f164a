// The box to write in: Enter sends, Shift+Enter makes a new line, the box grows with its words; and what is attached.

import { recorder } from "./recorder.js"
import { notes, tray } from "./tray.js"

export function composer(form, send) {
  const box = form.querySelector("textarea")
  const button = form.querySelector("[type=submit]")
  const pick = form.querySelector("input[type=file]")
  const note = notes(form.querySelector(".note"))
  const attached = tray(form.querySelector(".tray"), note)
  const voice = recorder(form.querySelector(".record"), { made: file => attached.add([file]), note })

  function grow() {
    box.style.height = "auto"
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
  }

  box.addEventListener("input", grow)
  box.addEventListener("keydown", event => {
    // Enter also ends a word in Vietnamese keyboards; that one belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    button.click()
  })

  form.querySelector(".attach").addEventListener("click", () => pick.click())
  pick.addEventListener("change", () => {
    attached.add(pick.files)
    pick.value = ""
    box.focus()
  })

  form.addEventListener("submit", async event => {
    event.preventDefault()
    await voice.finish()
    const words = box.value.trim()
    const items = attached.take()
    if (words || items.length) send(words, items)
    box.value = ""
    grow()
    box.focus()
  })
}
