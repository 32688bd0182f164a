// The box to write in: Enter sends, Shift+Enter makes a new line, the box grows with its words.

export function composer(form, send) {
  const box = form.querySelector("textarea")

  function grow() {
    box.style.height = "auto"
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
  }

  box.addEventListener("input", grow)
  box.addEventListener("keydown", event => {
    // Enter also ends a word in Vietnamese keyboards; that one belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })

  form.addEventListener("submit", event => {
    event.preventDefault()
    const words = box.value.trim()
    if (words) send(words)
    box.value = ""
    grow()
    box.focus()
  })
}
