import { createApp } from 'vue'
import '@/shared/tokens.css'
import '@/shared/base.css'
import './screen.css'
import { startLocale } from '@/shared/locale'
import { startTheme } from '@/shared/theme'
import App from './App.vue'
import { watchOver } from './watchdog'

startLocale()
startTheme()
// A wall is dark unless its address says otherwise.
if (!new URLSearchParams(location.search).has('theme')) document.documentElement.dataset.theme = 'dark'
watchOver()
createApp(App).mount('#app')
