// Keeps the newest in view for a reader who is at the end, and leaves everyone else where they read.

const NEAR = 48
const GAP = 12
const BURST = 1500

export function follow(scroller, content, pill) {
  let isFollowing = true
  let isEndInView = true
  let lastTop = 0
  let lastArrival = -Infinity
  let answer, newest

  const end = () => scroller.scrollHeight - scroller.clientHeight
  const isAtEnd = () => end() - scroller.scrollTop < NEAR

  // An answer taller than the screen is shown from its first line, never from its last button.
  function keepUp() {
    const start = answer ? answer.offsetTop - GAP : Infinity
    if (isFollowing) scroller.scrollTop = Math.max(scroller.scrollTop, Math.min(end(), start))
    isEndInView = isAtEnd()
    pill.hidden = isEndInView || (isFollowing && answer === newest)
  }

  // What the desk says within a moment is one answer.
  function arrived(element, isHistory, isAnswer) {
    const now = performance.now()
    newest = element
    if (isHistory) answer = element
    else if (isAnswer || now - lastArrival > BURST) {
      isFollowing = isAnswer || isFollowing && isEndInView
      answer = element
    }
    lastArrival = now
  }

  // A card that changed under the reader's own press is read from its first line too.
  function exchanged(element) {
    answer = newest = element
    isFollowing = true
    scroller.scrollTop = Math.min(scroller.scrollTop, Math.max(0, element.offsetTop - GAP))
    keepUp()
  }

  function catchUp() {
    isFollowing = true
    answer = null
    lastArrival = -Infinity
    keepUp()
  }

  scroller.addEventListener("scroll", () => {
    isEndInView = isAtEnd()
    // Content that grew between our own scroll and its event is not the reader leaving: only an upward move is.
    if (isEndInView) { isFollowing = true; pill.hidden = true }
    else if (scroller.scrollTop < lastTop) isFollowing = false
    lastTop = scroller.scrollTop
  }, { passive: true })

  // New messages, loaded pictures and the on-screen keyboard all arrive here as a change of size.
  const sizes = new ResizeObserver(keepUp)
  sizes.observe(scroller)
  sizes.observe(content)

  pill.addEventListener("click", () => { catchUp(); scroller.focus({ preventScroll: true }) })

  return { arrived, catchUp, exchanged }
}
