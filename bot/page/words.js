// The page's words: Vietnamese stands in the HTML, what the server sends replaces it.

const PLACES = {
  say: (element, words) => { element.textContent = words },
  sayLabel: (element, words) => element.setAttribute("aria-label", words),
  sayPlaceholder: (element, words) => element.setAttribute("placeholder", words),
}

export function translate(strings, root = document) {
  for (const element of root.querySelectorAll("[data-say], [data-say-label], [data-say-placeholder]")) {
    for (const [place, put] of Object.entries(PLACES)) {
      const words = strings[element.dataset[place]]
      if (words) put(element, words)
    }
  }
  for (const template of root.querySelectorAll("template")) translate(strings, template.content)
}

export function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true)
}
