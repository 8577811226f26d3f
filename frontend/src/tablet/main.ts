import { createApp } from 'vue'
import '@/shared/tokens.css'
import '@/shared/base.css'
import '@/shared/controls.css'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'
import { large, setLarge } from './large'

startLocale()
startTheme()
setLarge(large.value)

// The page of checks stands for itself: it has to open where the tablet's own page refuses to.
if (location.pathname.startsWith('/tablet/check')) {
  void import('./check/CheckPage.vue').then((page) => createApp(page.default).mount('#app'))
} else {
  createApp(App).mount('#app')
}
