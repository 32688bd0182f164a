// Hears the desk; when the line breaks it comes back by itself and asks for everything since.

import { address, protocols } from "./identity.js"

const LONGEST = 15
const QUIET = 800

export function listen({ heard, settled, changed }) {
  let socket, timer
  let wait = 1
  let seen = 0
  let isAside = false

  function open() {
    hangUp()
    const line = address(`socket?after=${seen}${isAside ? "&aside=1" : ""}`)
    line.protocol = line.protocol.replace("http", "ws")
    socket = new WebSocket(line, protocols)
    socket.onmessage = ({ data }) => receive(JSON.parse(data))
    socket.onclose = retry
  }

  function hangUp() {
    clearTimeout(timer)
    if (!socket) return
    socket.onmessage = socket.onclose = null
    socket.close()
  }

  function receive(frame) {
    seen = Math.max(seen, frame.seq ?? 0)
    // The first frame, not the open line, proves that the desk is there.
    if (wait) changed("online")
    wait = 0
    heard(frame)
    quieten()
  }

  function retry() {
    changed("away")
    wait = Math.min(Math.max(wait * 2, 1), LONGEST)
    // A little apart, so that a restarted desk is not called by everyone in the same second.
    timer = setTimeout(open, wait * (900 + Math.random() * 200))
  }

  // The desk sends what it has at once; a pause after it means that the history is here.
  let pause
  function quieten() {
    clearTimeout(pause)
    pause = setTimeout(settled, QUIET)
  }

  addEventListener("online", open)
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && socket.readyState !== WebSocket.OPEN) open()
  })
  open()

  return {
    // A stored message that never comes back down means a line that only looks alive.
    await: seq => setTimeout(() => { if (seen < seq) open() }, 4000),
    // What arrives while nobody looks is not taken for read.
    look(isLooking) {
      if (isAside === !isLooking) return
      isAside = !isLooking
      open()
    },
  }
}
