// Sends one file to the desk, again and again until it is kept or refused. In memory only, like all that waits here.

import { address, ask, show } from "./identity.js"

const LONGEST = 15
const PATIENCE = 120000

// `said` hears the state ("sending", "waiting") and how much has gone; `done` becomes { id }, { reason } or {} when stopped.
export function upload(file, said) {
  let request, hurry
  let isStopped = false

  async function work() {
    for (let wait = 1; !isStopped; wait = Math.min(wait * 2, LONGEST)) {
      said("sending", 0)
      const { status, body } = await once()
      if (status === 200) return { id: body.id }
      if (status >= 400 && status < 500) return { reason: body.error ?? "" }
      said("waiting", 0)
      await pause(wait)
    }
    return {}
  }

  // Not fetch: only this tells how much has gone.
  function once() {
    return new Promise(resolve => {
      request = new XMLHttpRequest()
      request.open("POST", address("files"))
      request.responseType = "json"
      request.timeout = PATIENCE
      request.upload.onprogress = ({ loaded, total }) => said("sending", loaded / total)
      request.onloadend = () => resolve({ status: request.status, body: request.response ?? {} })
      request.setRequestHeader("Content-Type", "application/octet-stream")
      show(request)
      request.send(file)
    })
  }

  function pause(seconds) {
    return new Promise(resolve => {
      hurry = resolve
      addEventListener("online", resolve, { once: true })
      setTimeout(resolve, seconds * 1000)
    })
  }

  function stop() {
    isStopped = true
    request?.abort()
    hurry?.()
  }

  return { done: work(), stop }
}

// The person thought better of it: the desk need not keep it either.
export function forget(id) {
  ask(`files/${id}`, { method: "DELETE" }).catch(() => {})
}
