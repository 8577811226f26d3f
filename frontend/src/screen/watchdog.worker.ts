import { Watch } from './watch'

const watch = new Watch()
onmessage = ({ data }: MessageEvent<'painted' | 'rest'>) => watch.hear(data, performance.now())
setInterval(() => {
  if (watch.isStuck(performance.now())) postMessage('stuck')
}, 500)
