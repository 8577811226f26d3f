/** Calls at most once in so many milliseconds, the first time at once, and never loses the last call. */
export function merged(call: () => void, every: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  function run(): void {
    again = false
    call()
    timer = setTimeout(() => {
      timer = undefined
      if (again) run()
    }, every)
  }
  return {
    ask() {
      if (timer) again = true
      else run()
    },
    stop() {
      clearTimeout(timer)
      again = false
    },
  }
}
