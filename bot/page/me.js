// Who holds this phone, in which language, and what the desk is called.

import { ask, isKept, lang } from "./identity.js"
import { translate } from "./words.js"

const at = id => document.getElementById(id)

export async function introduce() {
  const answer = await ask(lang ? `me?lang=${encodeURIComponent(lang)}` : "me")
  if (!answer.ok) throw new Error(answer.statusText)
  const me = await answer.json()
  document.documentElement.lang = me.lang
  translate(me.strings)
  document.title = at("title").textContent = me.title
  name(me)
  showContacts(me)
  at("demo-note").hidden = !me.demo
  at("unkept").hidden = isKept
  for (const id of ["composer", "menu"]) at(id).hidden = me.readonly
  document.querySelector(".skip").hidden = me.readonly
  at("receive-only").hidden = !me.readonly
  return me
}

function name({ name, role }) {
  at("person").textContent = [name, role].filter(Boolean).join(" · ")
  at("person").hidden = !name && !role
}

function showContacts({ hotline, portal }) {
  at("contacts").hidden = !hotline || !portal
  if (at("contacts").hidden) return
  at("hotline").textContent = hotline
  at("hotline").href = `tel:${hotline.replace(/\D/g, "")}`
  at("portal").textContent = new URL(portal).hostname
  at("portal").href = portal
}
