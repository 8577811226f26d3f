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
createApp(App).mount('#app')
