// The desk's chat on a page of somebody else's: a round button, and a panel. The conversation stands in a frame of the
// desk, so that no script of the page around can read it; only single words pass between the two.
{
  const WORDS = {
    vi: {
      open: "Phản ánh thông tin tiêm chủng",
      news: "Có tin mới",
      close: "Đóng",
      wait: "Đang mở…",
      failed: "Chưa mở được khung trò chuyện ở trang này. Anh/Chị mở ở trang riêng nhé.",
      page: "Mở trang riêng",
    },
    en: {
      open: "Reports on vaccination records",
      news: "New message",
      close: "Close",
      wait: "Opening…",
      failed: "The chat could not be opened on this page. Please open it on a page of its own.",
      page: "Open the page",
    },
  }

  // Sizes follow the reader's own text size (:host starts anew at "medium"), whatever the page around has set.
  const STYLE = `
    :host { all: initial !important; display: block !important; font-family: system-ui, sans-serif !important;
      line-height: 1.5 !important; color-scheme: light dark !important;
      --teal: #00615a; --on-teal: #fff; --paper: #fff; --ink: #111c1b; --line: #c5cfcd; --red: #a3160c; }
    @media (prefers-color-scheme: dark) {
      :host { --teal: #6fd3c7; --on-teal: #04211e; --paper: #1b2524; --ink: #f0f5f4; --line: #43514f; --red: #ff9a8f; }
    }
    @media print { :host { display: none !important; } }
    button { font: inherit; cursor: pointer; touch-action: manipulation; }
    :focus-visible { outline: 3px solid var(--teal); outline-offset: 2px; box-shadow: 0 0 0 2px var(--paper); }
    [hidden], .open > button { visibility: hidden; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .launch { position: fixed; z-index: 2147483000; width: max(48px, 3em); height: max(48px, 3em); padding: 0;
      right: max(1em, env(safe-area-inset-right));
      bottom: calc(max(1em, env(safe-area-inset-bottom)) + var(--phananh48-lift, 0px));
      border: 2px solid var(--paper); border-radius: 50%; background: var(--teal); color: var(--on-teal);
      box-shadow: 0 2px 10px rgb(0 0 0 / .35); }
    svg { display: block; width: 1.6em; margin: auto; fill: none; stroke: currentcolor; stroke-width: 2;
      stroke-linecap: round; stroke-linejoin: round; }
    .dot { position: absolute; top: -3px; right: -3px; width: .9em; height: .9em; border: 2px solid var(--paper);
      border-radius: 50%; background: var(--red); }
    dialog { position: fixed; z-index: 2147483647; inset: auto 1em 1em auto; display: grid; box-sizing: border-box;
      width: min(25em, 100% - 2em); max-width: none; height: min(40em, 100% - 2em); max-height: none;
      margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: 12px;
      background: var(--paper); color: var(--ink); box-shadow: 0 6px 32px rgb(0 0 0 / .35); }
    dialog:not([open]) { visibility: hidden; }
    dialog > * { grid-area: 1 / 1; min-width: 0; min-height: 0; }
    iframe { width: 100%; height: 100%; border: 0; }
    dialog:not([data-state=ready]) iframe, [data-state=ready] .wait { visibility: hidden; }
    .wait { place-self: center; padding: 1em; text-align: center; }
    .wait p { margin: 0 0 1em; }
    .wait a, .wait button { display: inline-block; min-height: 44px; box-sizing: border-box; margin: .25em; padding: .5em 1em;
      border: 2px solid var(--teal); border-radius: 10px; background: none; color: var(--teal); text-decoration: none; }
    .wait a { background: var(--teal); color: var(--on-teal); }
    dialog:not([data-state=failed]) a { display: none; }
    @media (max-width: 40em) { :host { height: calc(max(48px, 3em) + 2em) !important; } }
    @media (max-width: 30em), (max-height: 30em) {
      dialog { inset: var(--top, 0) 0 auto; width: 100%; height: var(--height, 100%); border: 0; border-radius: 0;
        padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left); }
    }`

  const LONGEST = 12000
  const AFTER_LOAD = 2000
  const script = document.currentScript || document.querySelector("script[src*='/embed.js']")
  const { lang: asked, site } = script.dataset
  const lang = /^en/.test(asked) ? "en" : "vi"
  const words = WORDS[lang]
  const start = site ? { start: `site_${site}` } : {}
  const desk = new URL(script.src)
  const address = (path, query) => Object.assign(new URL(path, desk), { search: new URLSearchParams(query) }).href

  function make(name, attributes, ...children) {
    const space = /^(svg|path)$/.test(name) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml"
    const element = document.createElementNS(space, name)
    for (const attribute in attributes) element.setAttribute(attribute, attributes[attribute])
    element.append(...children)
    return element
  }

  const link = label => make("a", { href: address("./", start), target: "_blank", rel: "noopener" }, label)

  function plainLink() {
    const plain = link(words.open)
    plain.style.cssText = "position:fixed;right:1em;bottom:calc(1em + var(--phananh48-lift, 0px));z-index:2147483000;" +
      "padding:.8em 1em;border-radius:1.6em;background:#00615a;color:#fff;font:1rem/1.5 sans-serif"
    return plain
  }

  function chat() {
    const path = make("path", { d: "M21 12a8 8 0 0 1-8 8H4l2-3.5A8 8 0 1 1 21 12zM9 12h.01M13 12h.01M17 12h.01" })
    const icon = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path)
    const dot = make("span", { class: "dot" })
    const button = make("button", { class: "launch", type: "button", title: words.open, "aria-haspopup": "dialog" }, icon, dot)
    const status = make("p", { class: "unseen", role: "status" })
    const sentence = make("p", { role: "status" })
    const leave = make("button", { type: "button" }, words.close)
    const panel = make("dialog", { "aria-label": words.open }, make("div", { class: "wait" }, sentence, link(words.page), leave))
    const all = make("div", {}, button, status, panel)
    let frame, patience

    const isNow = state => panel.dataset.state === state
    const say = word => frame.contentWindow.postMessage(word, desk.origin)
    const close = () => panel.close()

    function turn(state) {
      panel.dataset.state = state
      sentence.textContent = { waiting: words.wait, failed: words.failed }[state] || ""
    }

    function open() {
      all.className = "open"
      mark(false)
      if (matchMedia("(max-width: 30em), (max-height: 30em)").matches) panel.showModal()
      else panel.show()
      if (isNow("ready")) enter()
      else if (!isNow("waiting")) load()
    }

    function load() {
      turn("waiting")
      if (frame) frame.remove()
      frame = make("iframe", { title: words.open, allow: "microphone; clipboard-write",
        src: address("embed", { lang, in: location.origin, ...start }) })
      // Blocked or refused, a frame loads all the same; only its word says that the chat is there.
      frame.onload = () => wait(AFTER_LOAD)
      wait(LONGEST)
      panel.append(frame)
    }

    function wait(time) {
      clearTimeout(patience)
      patience = setTimeout(() => { if (isNow("waiting")) turn("failed") }, time)
    }

    function enter() {
      frame.focus()
      say("opened")
    }

    function mark(isNews) {
      dot.hidden = !isNews
      status.textContent = isNews ? words.news : ""
      button.setAttribute("aria-label", isNews ? `${words.open}. ${words.news}` : words.open)
    }

    addEventListener("message", ({ data, origin, source }) => {
      if (!frame || source !== frame.contentWindow || origin !== desk.origin) return
      if (data === "close") close()
      if (data === "news" && !panel.open) mark(true)
      if (data !== "ready") return
      turn("ready")
      if (panel.open) enter()
      else say("closed")
    })

    // Also by Escape or the phone's own "back".
    panel.addEventListener("close", () => {
      all.className = ""
      if (isNow("ready")) say("closed")
      button.focus({ preventScroll: true })
    })

    // The keyboard of a phone covers the page; a reader who enlarges it does not.
    function fit() {
      const { scale, offsetTop, height } = visualViewport
      if (scale > 1.01) return
      panel.style.setProperty("--top", `${offsetTop}px`)
      panel.style.setProperty("--height", `${height}px`)
    }

    if (window.visualViewport) for (const change of ["resize", "scroll"]) visualViewport.addEventListener(change, fit)
    panel.addEventListener("keydown", event => { if (event.key === "Escape") close() })
    leave.addEventListener("click", close)
    button.addEventListener("click", open)
    mark(false)
    return all
  }

  // A sheet that is made passes every policy; Safari before 16.4 cannot, and takes an element where the page around lets it.
  function isStyled(root) {
    if (!window.HTMLDialogElement) return false
    if (root.adoptedStyleSheets) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(STYLE)
      root.adoptedStyleSheets = [sheet]
      return true
    }
    const style = make("style", {}, STYLE)
    root.append(style)
    return Boolean(style.sheet && style.sheet.cssRules.length)
  }

  // Beside the body, not in it: there no layout of the page around is disturbed, and on a phone room is left below its end.
  function stand() {
    if (document.querySelector("phananh48-chat")) return
    const host = make("phananh48-chat", { lang })
    const root = host.attachShadow({ mode: "open" })
    document.documentElement.append(host)
    if (isStyled(root)) root.append(chat())
    else {
      host.style.cssText = "display: block !important"
      root.append(plainLink())
    }
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", stand)
  else stand()
}
