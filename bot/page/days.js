// Days and times as people in Viet Nam read them, wherever the reader's own clock stands.

const ZONE = "Asia/Ho_Chi_Minh"
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" })
const DATE = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" })

export const time = at => TIME.format(new Date(at))
export const date = at => DATE.format(new Date(at))

export function day(at) {
  const lang = document.documentElement.lang
  const weekday = new Intl.DateTimeFormat(lang, { timeZone: ZONE, weekday: "long" }).format(new Date(at))
  return `${weekday} ${date(at)}`
}

export const moment = at => `${time(at)} ${day(at)}`
