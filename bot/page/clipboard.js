// Copies a report's code, and says so on the button for a moment.

const MOMENT = 2000

export async function copyCode(button) {
  await navigator.clipboard.writeText(button.querySelector(".code").textContent)
  button.dataset.done = ""
  setTimeout(() => delete button.dataset.done, MOMENT)
}
