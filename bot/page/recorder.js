// A voice message: one press begins, the next one ends it; three minutes at most.

const LONGEST = 180
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"]
const SPEECH = 24000

export function recorder(button, { made, note }) {
  let recording = null

  async function begin() {
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    } catch {
      return note("deaf")
    }
    recording = record(stream)
    button.setAttribute("aria-pressed", "true")
    note("recording")
  }

  function record(stream) {
    const parts = []
    const mimeType = TYPES.find(type => MediaRecorder.isTypeSupported(type))
    const machine = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: SPEECH })
    const limit = setTimeout(() => machine.stop(), LONGEST * 1000)
    const ended = new Promise(resolve => { machine.onstop = resolve }).then(() => {
      clearTimeout(limit)
      for (const track of stream.getTracks()) track.stop()
      recording = null
      button.setAttribute("aria-pressed", "false")
      note(null)
      if (parts.length) made(new File(parts, "", { type: machine.mimeType.split(";")[0] }))
    })
    machine.ondataavailable = ({ data }) => { if (data.size) parts.push(data) }
    machine.start()
    return { machine, ended }
  }

  // Whoever presses «Send» while speaking means this message too.
  async function finish() {
    if (!recording) return
    const { machine, ended } = recording
    if (machine.state !== "inactive") machine.stop()
    await ended
  }

  button.hidden = !(window.MediaRecorder && navigator.mediaDevices?.getUserMedia)
  button.addEventListener("click", () => recording ? finish() : begin())
  return { finish }
}
